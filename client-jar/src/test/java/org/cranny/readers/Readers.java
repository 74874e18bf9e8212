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

    private static final class Once {
        static final List<Reader> ALL = make();

        private static List<Reader> make() {
            try {
                return List.copyOf(Readers.make());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static List<Reader> all() {
        return Once.ALL;
    }

    private static List<Reader> make() throws Exception {
        List<Reader> all = new ArrayList<>(SignedReaders.all());
        all.addAll(PackReaders.all());
        all.addAll(SnapshotReaders.all());
        all.addAll(KeyReaders.all());
        all.addAll(IndexReaders.all());
        all.addAll(CacheReaders.all());
        all.addAll(ForgettingReaders.all());
        all.addAll(MountReaders.all());
        all.addAll(AclReaders.all());
        all.addAll(SourceReaders.all());
        all.addAll(HomeReaders.all());
        all.addAll(JournalReaders.all());
        all.addAll(DesktopReaders.all());
        all.addAll(KitReaders.all());
        all.addAll(RealmReaders.all());
        return all;
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
