package org.cranny.bench;

import java.sql.SQLException;

/** The log of so many years, bound so that it verifies. */
final class History {

    private final Run run;

    History(Run run) {
        this.run = run;
    }

    /** Adds the rows. */
    void add() throws SQLException {
        Chain chain = new Chain(run.connection());
        long all = run.snapshots() + (long) run.systems() * 10;
        long begun = Math.min(run.now() - Run.days(365), run.now());
        try (Rows rows = run.rows("log", Chain.COLUMNS)) {
            for (long each = 0; each < all; each++) {
                long at = begun + each * (run.now() - begun) / all;
                long system = run.first() + run.random(run.systems());
                Object[] row = each % 20 == 0
                        ? chain.next(at, Run.person(each / 20), "order job", "job " + each, "of system " + system)
                        : chain.next(
                                at,
                                "system " + system,
                                "commit",
                                Run.hex(run.octets(32)),
                                "version " + (each % 100 + 1));
                rows.add(row);
            }
        }
        chain.close(run.connection());
        run.connection().commit();
    }
}
