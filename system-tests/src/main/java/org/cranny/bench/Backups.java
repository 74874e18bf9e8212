package org.cranny.bench;

import java.sql.SQLException;
import org.cranny.protocol.snapshot.PackClass;

/** What was backed up, and where it lies: snapshots, packs and their copies. */
final class Backups {
    private static final int PACKS_OF_A_SYSTEM = 20;
    private static final int COPIES = 2;

    private final Run run;
    private long firstPack;

    Backups(Run run) {
        this.run = run;
    }

    /** Adds the rows. */
    void add() throws SQLException {
        snapshots();
        leases();
        packs();
        copies();
    }

    private void snapshots() throws SQLException {
        long id = run.above("snapshot");
        byte[] manifest = run.template("manifest", 900);
        byte[] committed = run.template("committed", 300);
        try (Rows rows = run.rows(
                "snapshot",
                "id, source, version, hash, epoch, received_millis, files, bytes, stored_bytes, manifest, committed,"
                        + " forgotten_millis, forgotten_by, held")) {
            int most = run.count(0);
            for (int version = 1; version <= most; version++) {
                for (int i = 0; i < run.systems(); i++) {
                    if (version <= run.count(i)) {
                        boolean forgotten = version <= run.count(i) - 60 && version % 7 != 0;
                        rows.add(
                                id++,
                                run.first() + i,
                                (long) version,
                                Run.hex(run.octets(32)),
                                (long) version,
                                run.received(i, version),
                                50_000L + run.random(500_000),
                                (20L + run.random(200)) * Run.GIB,
                                (long) run.random(500_000_000),
                                manifest,
                                committed,
                                forgotten ? run.now() - Run.days(5) : null,
                                forgotten ? "policy" : null,
                                version == 7 && i % 100 == 0 ? "the books of the year" : null);
                    }
                }
            }
        }
        run.sequence("snapshot", id);
    }

    private void leases() throws SQLException {
        try (Rows rows = run.rows("lease", "source, epoch, until_millis")) {
            for (int i = 0; i < run.systems(); i++) {
                rows.add(run.first() + i, (long) run.count(i), 0L);
            }
        }
    }

    private void packs() throws SQLException {
        firstPack = run.above("pack");
        try (Rows rows = run.rows(
                "pack",
                "id, source, pack, class, length, k, n, from_version, to_version, state, registered_millis, unsure")) {
            for (long each = 0; each < (long) run.systems() * PACKS_OF_A_SYSTEM; each++) {
                int i = (int) (each % run.systems());
                int number = (int) (each / run.systems());
                boolean replaced = number % 4 == 3;
                long from = 1 + (long) number * run.count(i) / PACKS_OF_A_SYSTEM;
                rows.add(
                        firstPack + each,
                        run.first() + i,
                        Run.hex(run.octets(32)),
                        (number % 10 == 9 ? PackClass.TREE : PackClass.DATA).code(),
                        16L << 20,
                        1,
                        COPIES,
                        from,
                        replaced ? from + 10 : null,
                        "LIVE",
                        run.now() - Run.days(100 - number * 5L),
                        0L);
            }
        }
        run.sequence("pack", firstPack + (long) run.systems() * PACKS_OF_A_SYSTEM);
    }

    private void copies() throws SQLException {
        long fragment = run.above("fragment");
        try (Rows rows = run.rows("fragment", "id, pack, number, host, fragment, length, receipt, state")) {
            for (long each = 0; each < (long) run.systems() * PACKS_OF_A_SYSTEM; each++) {
                String name = Run.hex(run.octets(32));
                long host = run.random(run.systems());
                for (int copy = 0; copy < COPIES; copy++) {
                    rows.add(
                            fragment++,
                            firstPack + each,
                            0,
                            run.first() + (host + copy) % run.systems(),
                            name,
                            16L << 20,
                            run.octets(230),
                            "KEPT");
                }
            }
        }
        run.sequence("fragment", fragment);
    }
}
