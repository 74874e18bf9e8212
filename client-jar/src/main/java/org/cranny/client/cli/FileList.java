package org.cranny.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.client.selection.ListedPaths;
import picocli.CommandLine.Option;

/** Options that name a list of files. */
final class FileList {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--files-from",
            paramLabel = "FILE",
            description = "Read paths from a file, one a line; '-' is standard input. They are taken as they stand,"
                    + " and what is not there any more is a warning.")
    private String file;

    @Option(names = "--from0", description = "Paths in the list end with NUL instead of a line break.")
    private boolean from0;

    boolean given() {
        return file != null;
    }

    /** Exact paths; none when no list was named. */
    List<byte[]> read() throws IOException {
        if (file == null) {
            return List.of();
        }
        char separator = from0 ? '\0' : '\n';
        if (file.equals(STANDARD_INPUT)) {
            return ListedPaths.exact(System.in, separator);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return ListedPaths.exact(in, separator);
        }
    }
}
