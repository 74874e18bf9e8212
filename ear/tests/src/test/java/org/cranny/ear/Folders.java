package org.cranny.ear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole trees of files. */
final class Folders {
    private Folders() {}

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path one : below(folder, Comparator.reverseOrder())) {
                Files.delete(one);
            }
        }
    }

    /** Gives a tree a second name: the same files in folders of their own. What lies below {@code except} is left out. */
    static void link(Path from, Path to, Path except) throws IOException {
        for (Path one : below(from, Comparator.naturalOrder())) {
            Path name = from.relativize(one);
            if (name.startsWith(except)) {
                continue;
            }
            if (Files.isDirectory(one)) {
                Files.createDirectories(to.resolve(name));
            } else {
                Files.createLink(to.resolve(name), one);
            }
        }
    }

    private static List<Path> below(Path folder, Comparator<Path> order) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(order).toList();
        }
    }
}
