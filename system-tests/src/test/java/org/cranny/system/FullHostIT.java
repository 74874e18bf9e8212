package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Free space is measured on the real file system, and a full host is replaced. */
@LongForm
@ExtendWith(SharesRealm.class)
class FullHostIT {

    private static final long MIB = 1 << 20;
    private static final Duration ONE_HEARTBEAT = Duration.ofSeconds(12);

    private final Realm realm;

    FullHostIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "mounting needs root")
    void seesSpaceThatAnotherProgramTakesWithinAHeartbeat() throws Exception {
        try (LoopDisk disk = LoopDisk.make(realm.emptyFolder("disk"), 300 * MIB);
                ExtraDaemon daemon = ExtraDaemon.start(
                        realm,
                        "small-disk",
                        disk.folder().resolve("home"),
                        Realm.PORT_BASE + 300,
                        "--keep-free",
                        "20M")) {
            long before = free("small-disk");
            assertTrue(before < 300 * MIB, () -> "free " + before);
            Contents.noise(disk.folder().resolve("somebody-elses"), 150 * MIB, 30);
            Await.until("the master file shows it", ONE_HEARTBEAT, () -> free("small-disk") < before - 140 * MIB);
            assertEquals(0, daemon.status().getJsonObject("counters").getInt("putRequests"));
        }
    }

    @Test
    void sendsElsewhereWhatAFullHostRefuses() throws Exception {
        Path home = realm.emptyFolder("small").resolve("home");
        try (ExtraDaemon daemon = ExtraDaemon.start(
                realm, "small-quota", home, Realm.PORT_BASE + 310, "--quota", "40M", "--keep-free", "0")) {
            Path tree = realm.emptyFolder("tree");
            Contents.noise(tree.resolve("noise"), 200 * MIB, 31);
            Cranny source = realm.source();
            var summary = BackupAndRestoreIT.backUp(source, tree);
            assertEquals(2, summary.getInt("copies"));
            long kept = daemon.status()
                    .getJsonObject("capacity")
                    .getJsonNumber("keptBytes")
                    .longValue();
            assertTrue(kept <= 40_000_000, () -> "kept " + kept);
            assertEquals(0, parts(home));
        }
    }

    private long free(String host) {
        return realm.host(host).getJsonNumber("freeBytes").longValue();
    }

    private static long parts(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve("incoming"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
