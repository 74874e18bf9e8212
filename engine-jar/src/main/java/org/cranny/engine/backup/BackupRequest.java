package org.cranny.engine.backup;

import java.util.List;
import org.cranny.engine.segment.Compression;

/**
 * What is to be backed up.
 *
 * @param paths absolute, raw octets, without links in what leads to them
 * @param host name of this machine, for people
 * @param tags for people
 * @param dryRun whether only to say what would be sent
 * @param rules what is left out
 * @param compression of what is new
 * @param copies of what is new; 0 for as many as the number of hosts suggests
 */
public record BackupRequest(
        List<byte[]> paths,
        String host,
        List<String> tags,
        boolean dryRun,
        Rules rules,
        Compression compression,
        int copies) {
    public BackupRequest {
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a backup has at least one path");
        }
        if (copies < 0 || copies == 1) {
            throw new IllegalArgumentException("one copy is not enough");
        }
    }

    /** All that lies below the paths, made in the usual way. */
    public BackupRequest(List<byte[]> paths, String host, List<String> tags, boolean dryRun) {
        this(paths, host, tags, dryRun, Rules.NONE, Compression.USUAL, 0);
    }
}
