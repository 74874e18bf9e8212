package org.cranny.central.browse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.central.settings.Settings;

/**
 * Folders for the time of one work, below {@code work} in central's home, for their owner alone. No key and no file
 * name is ever written there. What a crash left is swept at the next start.
 */
@ApplicationScoped
public class WorkFolders {
    private final Path work;

    protected WorkFolders() {
        this.work = null;
    }

    @Inject
    public WorkFolders(Settings settings) throws IOException {
        work = settings.home().resolve("work");
        remove(work);
    }

    /** Has this bean made, and so old folders swept, when central starts. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        work();
    }

    Path make(String name) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(work(), owner);
        return Files.createTempDirectory(work(), name + "-", owner);
    }

    static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    private Path work() {
        return work;
    }
}
