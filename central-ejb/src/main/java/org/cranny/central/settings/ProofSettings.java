package org.cranny.central.settings;

import java.time.Duration;

/** What an installation sets of proofs that hosts give of what they keep. */
public interface ProofSettings {
    Values values();

    /** How often it is looked which hosts are to prove something. */
    default Duration proofInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.proof.interval-seconds", 60)));
    }

    /** How many fragments a host proves a day; 0 asks nobody. */
    default long proofsPerDay() {
        return Math.max(0, values().number("cranny.proof.per-day", 90));
    }
}
