package org.cranny.central;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL that is killed with SIGKILL in the midst of commits: what central answered is there, and central goes on. */
class PostgreSqlKillsTest {
    private static final int KILLS = Integer.getInteger("cranny.kills", Boolean.getBoolean("cranny.long") ? 300 : 3);

    @TempDir
    private Path folder;

    /** Which processes are killed. */
    private enum Victim {
        ALL,
        POSTMASTER,
        ONE_CHILD
    }

    private final long seed = Long.getLong("cranny.kills.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);

    @Test
    void whatWasAnsweredIsThereWhereverPostgreSqlDies() throws Exception {
        assumeTrue(
                Boolean.getBoolean("cranny.long") && PostgreSqlServer.isInstalled(),
                "a long form, and PostgreSQL is needed");
        System.out.println("kills of PostgreSQL: seed " + seed);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        PostgreSqlServer server = PostgreSqlServer.make(Files.createDirectory(folder.resolve("postgresql")));
        server.start("");
        try {
            server.makeMigrated();
            try (CentralOnPostgreSql central = new CentralOnPostgreSql(folder, server.fresh(), random)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    Victim victim = Victim.values()[kill % Victim.values().length];
                    central.workThrough(() -> kill(server, victim));
                    kills.merge(victim, 1, Integer::sum);
                }
                System.out.printf(
                        "PostgreSQL under central: killed %s; %d commits, %d of them said again%n",
                        kills, central.commits(), central.again());
            }
        } finally {
            server.kill();
        }
    }

    /** When one process dies, PostgreSQL ends the others and begins anew; without the first one they end themselves. */
    private void kill(PostgreSqlServer server, Victim victim) throws Exception {
        ProcessHandle postmaster = server.postmaster().orElseThrow();
        List<ProcessHandle> children = postmaster.children().toList();
        switch (victim) {
            case ALL -> server.kill();
            case POSTMASTER -> postmaster.destroyForcibly();
            case ONE_CHILD -> children.get(random.nextInt(children.size())).destroyForcibly();
        }
        children.forEach(child -> child.onExit().join());
        if (victim == Victim.ONE_CHILD) {
            server.await();
        } else {
            postmaster.onExit().join();
            server.start("");
        }
    }
}
