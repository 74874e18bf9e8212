package org.cranny.central.recovery;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;

/**
 * Archives that are being written in this process, by their recovery, and the last ones that ended. The database says
 * that one began and how it ended; how far it is, this process knows alone.
 */
final class Runs {
    private static final int MOST_REMEMBERED = 1_000;

    private final Database database;
    private final AuditLog log;
    private final Clock clock;
    private final Map<Long, Run> runs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Run> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Runs(Database database, AuditLog log, Clock clock) {
        this.database = database;
        this.log = log;
        this.clock = clock;
    }

    /** Null when none was begun in this process, or long ago. */
    Run of(long recovery) {
        synchronized (runs) {
            return runs.get(recovery);
        }
    }

    /** Another run of the same recovery is stopped. */
    void started(long recovery, Run run) {
        synchronized (runs) {
            Run before = runs.put(recovery, run);
            if (before != null) {
                before.stop();
            }
        }
        database.durably(entities -> {
            RecoveryRows.lock(entities, recovery).run();
            return null;
        });
    }

    void ended(long recovery, Run run) {
        database.durably(entities -> {
            RecoveryRow row = RecoveryRows.lock(entities, recovery);
            row.end(run, clock.instant());
            log.append(
                    "central",
                    "recovery ended",
                    "system " + row.source(),
                    "recovery " + recovery + " is " + run.state() + ", "
                            + run.figures().files() + " files, " + run.figures().failed() + " failed");
            return null;
        });
    }
}
