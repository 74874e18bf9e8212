package org.cranny.protocol.job;

import java.util.List;
import java.util.Map;

/** Back up exactly the job's paths. @param tags for people, to find the snapshot by */
public record BackupOrder(List<String> tags) implements JobOrder {
    public BackupOrder {
        tags = List.copyOf(tags);
    }

    static BackupOrder read(OrderReader in) {
        return new BackupOrder(in.words("tags"));
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }

    @Override
    public Map<String, Object> document() {
        return Map.of("tags", tags);
    }
}
