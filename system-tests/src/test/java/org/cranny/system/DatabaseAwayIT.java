package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Central's PostgreSQL goes away for longer than a server bears timers that fail. When it is back, central goes on with all
 * that it does by itself, without a start: each turn that its timers take is taken again.
 */
@LongForm
class DatabaseAwayIT {
    private static final int PORT = Realm.PORT_BASE + 990;
    private static final Duration AWAY = Duration.ofSeconds(45);

    /** Of those that are looked at; each fires once in this time. */
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(70);

    private static final List<String> OFTEN =
            List.of("jobs", "schedule", "master-file", "alerts", "repair", "upgrades");

    private final Realm realm = new Realm("127.0.0.1", Realm.PORT_BASE + 500, 0);
    private final Clock clock = Clock.systemUTC();

    @AfterEach
    void end() {
        database("down");
        realm.close();
        Command.run(realm.repository(), List.of("rm", "-rf", "/tmp/cranny-postgresql-" + PORT), Map.of());
    }

    @Test
    void whatCentralDoesByItselfGoesOnWhenTheDatabaseIsBack() {
        assumeTrue(Files.isDirectory(Path.of("/usr/lib/postgresql")), "PostgreSQL is not installed");
        realm.makeWhole();
        realm.cluster().killCentral();
        assertEquals(0, databaseUp().exit());
        realm.cluster().startCentral();
        awaitTurns("taken", turns());
        Await.until("the log is anchored soon after a start", LONGEST_INTERVAL, () -> turns().get("log-anchor") > 0);
        assertEquals(0, database("down").exit());
        Instant gone = clock.instant();
        Await.until("time passes", AWAY.plusSeconds(30), () -> clock.instant().isAfter(gone.plus(AWAY)));
        assertFalse(ready());
        assertEquals(0, databaseUp().exit());
        awaitTurns("taken again", turns());
        Await.until("central is ready", LONGEST_INTERVAL, this::ready);
    }

    private void awaitTurns(String what, Map<String, Long> before) {
        Await.until("turns are " + what, LONGEST_INTERVAL.plusSeconds(20), () -> {
            Map<String, Long> now = turns();
            return OFTEN.stream().allMatch(turn -> now.get(turn) > before.get(turn));
        });
    }

    private Map<String, Long> turns() {
        Command.Outcome rows = psql("select name, until_millis from turn");
        assertEquals(0, rows.exit(), rows.errors());
        Map<String, Long> turns = new TreeMap<>();
        rows.output().lines().map(line -> line.split("\\|")).forEach(row -> turns.put(row[0], Long.valueOf(row[1])));
        return turns;
    }

    private boolean ready() {
        try {
            return Caller.nobody(realm.status().caFingerprint())
                            .get(realm.api("/health/ready"))
                            .statusCode()
                    == 200;
        } catch (IOException notNow) {
            return false;
        }
    }

    private Command.Outcome databaseUp() {
        return database(
                "up",
                "--port",
                Integer.toString(PORT),
                "--driver",
                realm.repository().resolve("target/payara/postgresql.jar").toString());
    }

    private Command.Outcome database(String act, String... more) {
        List<String> command = new ArrayList<>(List.of(
                realm.repository().resolve("bench/postgresql").toString(),
                act,
                "--home",
                realm.domain().getParent().toString()));
        command.addAll(List.of(more));
        return Command.run(realm.repository(), command, Map.of());
    }

    private Command.Outcome psql(String query) {
        return Command.run(
                realm.repository(),
                List.of(
                        "psql",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(PORT),
                        "-U",
                        "cranny",
                        "-At",
                        "-c",
                        query,
                        "cranny"),
                Map.of());
    }
}
