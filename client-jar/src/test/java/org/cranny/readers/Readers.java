package org.cranny.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.client.agent.JournalReaders;
import org.cranny.client.desktop.DesktopReaders;
import org.cranny.client.kit.KitReaders;
import org.cranny.client.realm.RealmReaders;
import org.cranny.engine.archive.AclReaders;
import org.cranny.engine.backup.CacheReaders;
import org.cranny.engine.index.IndexReaders;
import org.cranny.engine.keys.KeyReaders;
import org.cranny.engine.retention.ForgettingReaders;
import org.cranny.engine.snapshot.SnapshotReaders;
import org.cranny.engine.walk.MountReaders;

/**
 * All readers of the protocol, the engine and the backup application. Those that only a package sees are listed by a class
 * of that package.
 */
final class Readers {
    /** Inputs that were found: a folder a reader, a file an input. */
    static final Path FOUND = Path.of("src/test/resources/readers");

    private Readers() {}

    private interface Group {
        List<Reader> readers() throws Exception;
    }

    /** Those first whose seeds are made at once. */
    private static final List<Group> GROUPS = List.of(
            SourceReaders::all,
            HomeReaders::all,
            JournalReaders::all,
            DesktopReaders::all,
            AclReaders::all,
            MountReaders::all,
            ForgettingReaders::all,
            CacheReaders::all,
            KitReaders::all,
            SignedReaders::all,
            SnapshotReaders::all,
            RealmReaders::all,
            PackReaders::all,
            KeyReaders::all,
            IndexReaders::all);

    private static final class Once {
        static final List<Reader> ALL =
                GROUPS.stream().flatMap(group -> of(group).stream()).toList();
    }

    static List<Reader> all() {
        return Once.ALL;
    }

    /** Without the seeds of all others. */
    static Reader named(String name) {
        return GROUPS.stream()
                .flatMap(group -> of(group).stream())
                .filter(reader -> reader.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Reader> of(Group group) {
        try {
            return group.readers();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static List<byte[]> found(Reader reader) throws IOException {
        Path folder = FOUND.resolve(reader.name());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }
}
