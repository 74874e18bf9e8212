package org.cranny.engine.backup;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.source.Source;

/** Backs up the data of a {@link FolderRealm} and says {@code done ID} on standard output; to be killed on the way. */
final class KilledBackup {
    private KilledBackup() {}

    public static void main(String[] arguments) throws Exception {
        FolderRealm realm = FolderRealm.open(Path.of(arguments[0]));
        try (Source source = realm.source()) {
            System.out.println("done " + run(realm, source).snapshot());
        }
    }

    static BackupOutcome run(FolderRealm realm, Source source) throws Exception {
        return new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {}),
                        Clock.systemUTC(),
                        new SecureRandom())
                .run(
                        new BackupRequest(List.of(PathBytes.of(realm.data())), "killed", List.of(), false),
                        BackupListener.SILENT);
    }
}
