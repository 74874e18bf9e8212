package org.cranny.protocol.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder for readers of files, gone with the process. */
public final class Scratch {
    private static final Map<String, Scratch> ALL = new ConcurrentHashMap<>();

    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                clear();
                Files.delete(folder);
            } catch (IOException left) {
                // It is a temporary one.
            }
        }));
    }

    /** One folder a name. */
    public static Scratch folder(String name) {
        return ALL.computeIfAbsent(name, each -> {
            try {
                return new Scratch(Files.createTempDirectory("cranny-" + each));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    public Path path() {
        return folder;
    }

    public Path write(String name, byte[] octets) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, octets);
    }

    public void clear() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder)) {
                    Files.delete(each);
                }
            }
        }
    }
}
