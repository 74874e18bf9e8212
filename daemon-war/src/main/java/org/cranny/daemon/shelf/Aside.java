package org.cranny.daemon.shelf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A damaged fragment that was moved aside. @param since when; the time at which its name changed last */
record Aside(Path file, Instant since) {

    static List<Aside> newestFirst(Path folder) throws IOException {
        List<Aside> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    found.add(new Aside(file, ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant()));
                }
            }
        }
        found.sort(Comparator.comparing(Aside::since).reversed());
        return found;
    }
}
