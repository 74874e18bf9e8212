package org.cranny.client.cli;

import picocli.CommandLine.Option;

/** How many threads of a kind work side by side. */
final class JobsOption {
    /** Each has a few mebibytes in memory. */
    private static final int MOST = 32;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "So many threads read, and so many compress and seal, or fetch and write: 1 to " + MOST
                    + " (default: 2 in a backup, 4 in a restore).")
    private Integer jobs;

    /** 0 for as many as usual. */
    int count() {
        if (jobs != null && (jobs < 1 || jobs > MOST)) {
            throw new WrongUseException("--jobs is how many threads work side by side: 1 to " + MOST + ".");
        }
        return jobs == null ? 0 : jobs;
    }
}
