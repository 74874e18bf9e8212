package org.cranny.central.browse;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.rebuild.Rebuilt;
import org.cranny.engine.source.Records;

/** A source that is open to be read. Closing removes its work folder; the keys are whose they were. */
public final class Opened implements Closeable {
    private final Path folder;
    private final Rebuilt records;
    private final PackSource packs;
    private final Served served;
    private final Set<String> away;

    Opened(Path folder, Rebuilt records, PackSource packs, Served served, Set<String> away) {
        this.folder = folder;
        this.records = records;
        this.packs = packs;
        this.served = served;
        this.away = away;
    }

    public Records records() {
        return records;
    }

    /** Packs that are not at central. */
    public PackSource packs() {
        return packs;
    }

    /** Names of the hosts that gave something. */
    public List<String> served() {
        return served == null ? List.of() : served.names();
    }

    /** Names of the hosts that were away or wrong. */
    public List<String> away() {
        synchronized (away) {
            return List.copyOf(new TreeSet<>(away));
        }
    }

    @Override
    public void close() throws IOException {
        try (records) {
            if (served != null) {
                served.close();
            }
        } finally {
            WorkFolders.remove(folder);
        }
    }
}
