package org.cranny.protocol.job;

import java.util.Map;

/**
 * Bring a snapshot of this source back, or only the job's paths of it.
 *
 * @param snapshot the beginning of its id, or {@code latest}
 * @param target absolute path of the folder to restore to, in the notation of paths
 * @param safe leaves out devices, setuid and foreign owners
 * @param overwrite replaces what is in the way; other files stay
 */
public record RestoreOrder(String snapshot, String target, boolean safe, boolean overwrite) implements JobOrder {
    private static final int LONGEST_PATH = 16_384;

    static RestoreOrder read(OrderReader in) {
        String snapshot = in.needed("snapshot", 64);
        if (!snapshot.matches("latest|[0-9a-f]{4,64}")) {
            throw OrderReader.wrong("snapshot", "is 'latest' or at least the first 4 hexadecimal digits of an id");
        }
        String target = in.needed("target", LONGEST_PATH);
        if (!target.startsWith("/")) {
            throw OrderReader.wrong("target", "is an absolute path");
        }
        return new RestoreOrder(snapshot, target, in.flag("safe"), in.flag("overwrite"));
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    @Override
    public Map<String, Object> document() {
        return Map.of("snapshot", snapshot, "target", target, "safe", safe, "overwrite", overwrite);
    }
}
