package org.cranny.engine.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The folders of a source's home. */
public final class Folders {
    private Folders() {}

    public static void make(Path home) throws IOException {
        for (String folder : List.of("index", "packs", "cache", "spool", "snapshots", "journal")) {
            Files.createDirectories(home.resolve(folder));
        }
    }

    /** Whether manifests, holders and index are all there; which of them are right is found out when they are opened. */
    public static boolean complete(Path home) throws IOException {
        return !Files.notExists(home.resolve("holdings"))
                && !Files.notExists(home.resolve("index").resolve("index"))
                && hasSnapshots(home);
    }

    /** Makes the next backup read every file, whatever the last one saw. On disk when this returns. */
    public static void takeNothingForUnchanged(Path home) throws IOException {
        Path cache = home.resolve("cache");
        if (Files.deleteIfExists(cache.resolve("folders"))) {
            try (FileChannel folder = FileChannel.open(cache, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    /** Whether there is a manifest. */
    public static boolean hasSnapshots(Path home) throws IOException {
        Path folder = home.resolve("snapshots");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".manifest"));
        }
    }
}
