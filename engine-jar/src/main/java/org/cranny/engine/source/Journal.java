package org.cranny.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.sealing.PackException;
import org.cranny.protocol.fragment.FragmentId;

/**
 * Footers of packs that are on hosts and in no snapshot yet, one file each. A backup that was interrupted is resumed
 * from them: their chunks are not sent again. Nothing is fsynced: a lost or torn footer costs sending one pack again.
 */
final class Journal {
    private static final String ENDING = ".footer";

    private final Path folder;

    Journal(Path folder) {
        this.folder = folder;
    }

    void write(IndexEntry entry) throws IOException {
        Path part = folder.resolve(entry.pack() + ".part");
        Files.write(part, entry.encode());
        Files.move(part, file(entry.pack()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Everything readable that was left; what is torn is dropped. */
    List<IndexEntry> read() throws IOException {
        List<IndexEntry> entries = new ArrayList<>();
        for (Path file : files()) {
            try {
                entries.add(IndexEntry.decode(Files.readAllBytes(file)));
            } catch (PackException torn) {
                Files.deleteIfExists(file);
            }
        }
        return entries;
    }

    void remove(FragmentId pack) throws IOException {
        Files.deleteIfExists(file(pack));
    }

    void clear() throws IOException {
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
    }

    private Path file(FragmentId pack) {
        return folder.resolve(pack + ENDING);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING)).toList();
        }
    }
}
