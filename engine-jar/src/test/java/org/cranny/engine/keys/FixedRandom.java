package org.cranny.engine.keys;

import java.security.SecureRandom;

/** Gives rising octets, the same ones in every run. For golden vectors only. */
public final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private int next;

    public FixedRandom(int first) {
        next = first;
    }

    @Override
    public void nextBytes(byte[] octets) {
        for (int at = 0; at < octets.length; at++) {
            octets[at] = (byte) next++;
        }
    }
}
