package org.cranny.protocol.job;

import java.util.Map;

/**
 * Take the place of a lost machine and bring its snapshot back, or only the job's paths of it.
 *
 * @param recovery number of the recovery that central keeps
 * @param token one-time recovery token, the proof that the place may be taken
 * @param snapshot whole id
 * @param target absolute path of the folder to restore to, in the notation of paths
 */
public record RecoverOrder(long recovery, String token, String snapshot, String target) implements JobOrder {
    /** The member that only the agent may see. */
    public static final String TOKEN = "token";

    private static final int LONGEST_TOKEN = 100;

    static RecoverOrder read(OrderReader in) {
        return new RecoverOrder(
                in.number("recovery"), in.needed(TOKEN, LONGEST_TOKEN), in.snapshot("snapshot"), in.folder("target"));
    }

    @Override
    public JobKind kind() {
        return JobKind.RECOVER;
    }

    @Override
    public Map<String, Object> document() {
        return Map.of("recovery", recovery, TOKEN, token, "snapshot", snapshot, "target", target);
    }

    @Override
    public String toString() {
        return "RecoverOrder[recovery " + recovery + "]";
    }
}
