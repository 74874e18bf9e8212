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
    static RestoreOrder read(OrderReader in) {
        return new RestoreOrder(in.snapshot("snapshot"), in.folder("target"), in.flag("safe"), in.flag("overwrite"));
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
