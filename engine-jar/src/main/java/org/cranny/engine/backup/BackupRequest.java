package org.cranny.engine.backup;

import java.util.List;

/**
 * What is to be backed up.
 *
 * @param paths absolute, raw octets, without links in what leads to them
 * @param host name of this machine, for people
 * @param tags for people
 * @param dryRun whether only to say what would be sent
 */
public record BackupRequest(List<byte[]> paths, String host, List<String> tags, boolean dryRun) {
    public BackupRequest {
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a backup has at least one path");
        }
    }
}
