package org.cranny.engine.backup;

import java.util.List;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;

/**
 * What is to be backed up.
 *
 * @param label what people find it by; its paths are absolute and without links in what leads to them, its host is this
 *     machine's name
 * @param dryRun whether only to say what would be sent
 * @param rules what is left out
 * @param compression of what is new
 * @param copies of what is new; 0 for as many as the number of hosts suggests
 * @param jobs how many threads read, and how many compress and seal; 0 for as many as usual
 */
public record BackupRequest(Label label, boolean dryRun, Rules rules, Compression compression, int copies, int jobs) {
    public BackupRequest {
        if (label.paths().isEmpty()) {
            throw new IllegalArgumentException("a backup has at least one path");
        }
        if (copies < 0 || copies == 1) {
            throw new IllegalArgumentException("one copy is not enough");
        }
        if (jobs < 0) {
            throw new IllegalArgumentException("nothing is done by fewer than no threads");
        }
    }

    /** With as many threads as usual. */
    public BackupRequest(Label label, boolean dryRun, Rules rules, Compression compression, int copies) {
        this(label, dryRun, rules, compression, copies, 0);
    }

    /** All that lies below the paths, made in the usual way. */
    public BackupRequest(List<byte[]> paths, String host, List<String> tags, boolean dryRun) {
        this(new Label(paths, host, tags, ""), dryRun, Rules.NONE, Compression.USUAL, 0);
    }

    public BackupRequest withJobs(int number) {
        return new BackupRequest(label, dryRun, rules, compression, copies, number);
    }

    public List<byte[]> paths() {
        return label.paths();
    }
}
