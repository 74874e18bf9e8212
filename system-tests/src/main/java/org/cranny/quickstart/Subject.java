package org.cranny.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.cluster.ClusterException;

/** What the quick start backs up: a folder, or Cranny's own sources without what was built from them. */
record Subject(String title, List<Path> paths) {

    private static final List<String> NOT_SOURCES = List.of("target", ".git");

    static Subject of(Path root, Path folder, Path home) {
        return folder == null ? ownSources(root) : folder(folder, home);
    }

    private static Subject folder(Path given, Path home) {
        try {
            Path folder = given.toRealPath();
            if (home.toAbsolutePath().normalize().startsWith(folder)) {
                throw new ClusterException("the quick start keeps its own files in " + home + ", inside " + folder
                        + ". Choose another place with --home.");
            }
            return new Subject(folder.toString(), List.of(folder));
        } catch (IOException missing) {
            throw new ClusterException("there is no folder " + given + " that can be read. Name one that exists.");
        }
    }

    private static Subject ownSources(Path root) {
        try (Stream<Path> top = Files.list(root)) {
            List<Path> parts = top.map(Subject::sourcesOf)
                    .filter(Files::isDirectory)
                    .filter(path -> !NOT_SOURCES.contains(path.getFileName().toString()))
                    .sorted()
                    .toList();
            return new Subject("Cranny's own sources", parts);
        } catch (IOException e) {
            throw new ClusterException("cannot list " + root + ": " + e.getMessage(), e);
        }
    }

    private static Path sourcesOf(Path top) {
        return Files.exists(top.resolve("pom.xml")) ? top.resolve("src") : top;
    }
}
