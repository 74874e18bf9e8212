package org.cranny.engine.transfer;

import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.Hosts.Verdict;
import org.cranny.protocol.proof.Proof;

/** Judges a host's answer to a probe, by the fragment id alone. */
final class Proving {
    private Proving() {}

    static Verdict verdict(Probe probe, Proof proof) {
        if (proof == null || proof.length() < 0) {
            return Verdict.MISSING;
        }
        return proof.proves(probe.fragment(), probe.length(), probe.leaf()) ? Verdict.PROVEN : Verdict.WRONG;
    }
}
