package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.KilledJvm.End;
import org.cranny.protocol.kill.KilledJvm.Seen;
import org.cranny.protocol.kill.KilledJvm.Whole;
import org.cranny.protocol.kill.Kills;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source that is killed with SIGKILL at its system calls, one after the other: what was reported done is there and
 * comes back octet for octet, and the next backup goes on without anybody's help.
 */
class KillsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int KILLS_IN_ONE_REALM = 25;

    /** Packs that may be under way at once; what was on its way when the source died is sent again. */
    private static final int UNDER_WAY = 2;

    private static final String REALM = "realm-";

    @TempDir
    private Path folder;

    private Path libraries;

    /** Where a backup may stop: docs/reliability.md. */
    private enum Step {
        S0_TURN,
        S1_PACK_IN_THE_SPOOL,
        S2_FRAGMENT_ON_A_HOST,
        S3_RECEIPT_AND_HOLDERS,
        S4_TREE_AND_INDEX_PACKS,
        S5_COMMIT,
        S6_SNAPSHOT_KEPT,
        S7_SPOOL_AND_JOURNAL_EMPTIED;

        static Optional<Step> of(Seen seen) {
            String[] parts = seen.path().split("/" + REALM + "[0-9]+/");
            return parts.length < 2 || parts[1].startsWith("jvm")
                    ? Optional.empty()
                    : Optional.of(of(seen.point().call(), Path.of(parts[1])));
        }

        private static Step of(String call, Path path) {
            boolean inHome = path.startsWith("home") && path.getNameCount() > 1;
            return switch (path.getName(inHome ? 1 : 0).toString()) {
                case "home", "epoch", "epoch.part", "attempt", "attempt.part", "released", "moves", "moves.part" ->
                    S0_TURN;
                case "spool" -> call.startsWith("unlink") ? S7_SPOOL_AND_JOURNAL_EMPTIED : S1_PACK_IN_THE_SPOOL;
                case "fragments" -> S2_FRAGMENT_ON_A_HOST;
                case "journal" -> call.startsWith("unlink") ? S7_SPOOL_AND_JOURNAL_EMPTIED : S3_RECEIPT_AND_HOLDERS;
                case "holdings", "registered", "index" -> S3_RECEIPT_AND_HOLDERS;
                case "packs", "kept", "cache" -> S4_TREE_AND_INDEX_PACKS;
                case "commits" -> S5_COMMIT;
                case "snapshots" -> S6_SNAPSHOT_KEPT;
                default -> throw new AssertionError("no step writes " + path);
            };
        }
    }

    private final Random random = new Random(Long.getLong("cranny.kills.seed", 1));
    private final Kills<Step> kills = new Kills<>(
            Step.class,
            Step::of,
            Integer.getInteger("cranny.kills", LONG ? 1_000 : 5),
            Integer.getInteger("cranny.kills.each", LONG ? 50 : 0),
            random);
    private int mostInVain;
    private int restored;

    @Test
    void nothingThatWasReportedDoneIsLostWhereverTheSourceDies() throws Exception {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        folder = folder.toRealPath();
        libraries = RealmInMind.unpackLibraries(folder);
        for (int number = 0; !kills.enough(); number++) {
            inOneRealm(folder.resolve(REALM + number));
            System.out.println("a source, so far: " + kills);
        }
        System.out.printf(
                "a source: %s; %d snapshots restored; at most %d packs sent in vain%n", kills, restored, mostInVain);
    }

    private void inOneRealm(Path home) throws Exception {
        RealmInMind here = RealmInMind.create(
                home, libraries, random.nextInt(8) == 0 ? RealmInMind.LARGE_FILE : RealmInMind.SMALL_FILE, random);
        here.change();
        here.goOn();
        here.change();
        Whole whole = here.jvm().live();
        here.hear(whole.said());
        kills.learn(whole.points());
        for (int times = 0; times < KILLS_IN_ONE_REALM && !kills.enough(); times++) {
            here.change();
            End end = here.jvm().dieAt(kills.aim());
            here.hear(end.said());
            kills.count(end);
            if (random.nextInt(3) > 0) {
                Set<String> before = here.packs();
                here.goOn();
                if (end.killed()) {
                    count(here.inVain(before));
                }
            }
        }
        here.goOn();
        here.everythingComesBack();
        restored += here.restored();
        RealmInMind.delete(home);
    }

    private void count(int inVain) {
        mostInVain = Math.max(mostInVain, inVain);
        assertTrue(inVain <= UNDER_WAY, () -> inVain + " packs were sent in vain");
    }
}
