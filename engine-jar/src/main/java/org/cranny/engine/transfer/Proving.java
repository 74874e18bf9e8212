package org.cranny.engine.transfer;

import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.Hosts.Spot;
import org.cranny.engine.transfer.Hosts.Verdict;
import org.cranny.protocol.proof.Proof;

/** Judges a host's answer to a probe, by the fragment id alone. */
final class Proving {
    private static final byte[] NOTHING = {};

    private Proving() {}

    static Spot spot(Probe probe, Proof proof) {
        if (proof == null || proof.length() < 0) {
            return new Spot(probe.fragment(), Verdict.MISSING, NOTHING);
        }
        return proof.proves(probe.fragment(), probe.length(), probe.leaf())
                ? new Spot(probe.fragment(), Verdict.PROVEN, proof.firstLeaf())
                : new Spot(probe.fragment(), Verdict.WRONG, NOTHING);
    }
}
