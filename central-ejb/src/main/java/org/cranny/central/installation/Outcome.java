package org.cranny.central.installation;

import java.util.List;

/**
 * How it ended on one machine.
 *
 * @param reason one line; null where all is said
 * @param shownKeys fingerprints of host keys that nobody knows
 * @param version of what was installed, or null
 * @param hostSystem number of the host that the machine became, or null
 * @param sourceSystem number of the source that the machine became, or null
 * @param report what was removed and what was left, a line each
 * @param keptFragments how many fragments of others a host keeps that is to be empty first, or null
 */
record Outcome(
        MachineState state,
        String reason,
        List<String> shownKeys,
        String version,
        Long hostSystem,
        Long sourceSystem,
        List<String> report,
        Long keptFragments) {

    /** What machines say is for people to read, and for no terminal to obey. */
    Outcome {
        reason = reason == null ? null : reason.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    static Outcome of(MachineState state, String reason) {
        return new Outcome(state, reason, List.of(), null, null, null, List.of(), null);
    }

    /** It showed a host key that was not given. */
    static Outcome strange(List<String> shown) {
        return new Outcome(
                MachineState.FAILED,
                "its host key is none that was given, so nothing was sent. Compare these with what"
                        + " \"ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\" shows there; where one is the same, give the lines that"
                        + " \"ssh-keyscan\" prints for it as its host keys, and install again",
                shown,
                null,
                null,
                null,
                List.of(),
                null);
    }

    static Outcome failed(String reason) {
        return of(MachineState.FAILED, reason);
    }
}
