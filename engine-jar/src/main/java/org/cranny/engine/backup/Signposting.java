package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cranny.engine.snapshot.Signpost;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/** Puts the signpost of a snapshot on hosts, as many as packs get. A snapshot without one is whole all the same. */
final class Signposting {
    private final Source source;
    private final Spread spread;
    private final Redundancy redundancy;
    private final SecureRandom random;

    Signposting(Source source, Spread spread, Redundancy redundancy, SecureRandom random) {
        this.source = source;
        this.spread = spread;
        this.redundancy = redundancy;
        this.random = random;
    }

    void put(Snapshot snapshot, String masterFile, BackupListener listener) throws InterruptedException {
        try {
            byte[] octets = new Signpost(snapshot.signed(), masterFile)
                    .seal(source.keys(), source.system(), snapshot.manifest().version(), random);
            FragmentId id = FragmentHasher.of(octets);
            Path file = source.spool().resolve("signpost");
            Files.write(file, octets);
            spread.spread(new SpooledPack(new PackEntry(id, PackClass.INDEX, octets.length, redundancy), file));
            Files.deleteIfExists(file);
        } catch (IOException e) {
            listener.notice("Recovery kits that were made before do not find this snapshot: " + e.getMessage());
        }
    }
}
