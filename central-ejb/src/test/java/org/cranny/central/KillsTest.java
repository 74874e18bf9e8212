package org.cranny.central;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.KilledJvm.End;
import org.cranny.protocol.kill.KilledJvm.Seen;
import org.cranny.protocol.kill.KilledJvm.Whole;
import org.cranny.protocol.kill.Kills;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Central whose process is killed with SIGKILL at its system calls: what it answered is there, what it was doing is done
 * or not, the same request again changes nothing, and the chain of the log is whole.
 */
class KillsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int COMMITS = 3;

    @TempDir
    private Path folder;

    /** Where a request may stop. */
    private enum Step {
        TO_THE_DATABASE,
        ANSWERED;

        static Optional<Step> of(Seen seen) {
            if (seen.path().endsWith("/jvm/out")) {
                return Optional.of(ANSWERED);
            }
            return seen.path().endsWith("central.mv.db")
                            || seen.path().startsWith("socket:")
                            || seen.path().startsWith("TCP")
                    ? Optional.of(TO_THE_DATABASE)
                    : Optional.empty();
        }
    }

    private final Random random = new Random(Long.getLong("cranny.kills.seed", 1));
    private final Kills<Step> kills = new Kills<>(
            Step.class,
            Step::of,
            Integer.getInteger("cranny.kills", LONG ? 300 : 1),
            Integer.getInteger("cranny.kills.each", LONG ? 50 : 0),
            random);
    private CentralInMind mind;
    private int hours;

    @ParameterizedTest
    @EnumSource
    void whatWasAnsweredIsThereWhereverCentralDies(Databases kind) throws Exception {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        assumeTrue(kind.present(), kind + " is not installed");
        folder = folder.toRealPath();
        Files.createDirectory(folder.resolve("jvm"));
        mind = new CentralInMind(folder);
        String url = kind.freshAt(folder);
        DataSource dataSource = Databases.at(url);
        KilledCentral.found(folder, dataSource);
        CentralInMind.leave(dataSource);
        Whole whole = jvm(url).live();
        compare(url, whole.said());
        kills.learn(whole.points());
        while (!kills.enough()) {
            End end = jvm(url).dieAt(kills.aim());
            kills.count(end);
            compare(url, end.said());
        }
        System.out.printf(
                "central on %s: %s; %d commits, %d of them said again%n", kind, kills, mind.commits(), mind.again());
    }

    /** An hour later than the one before, so that no lease of a dead source is in the way. */
    private KilledJvm jvm(String url) {
        hours++;
        return new KilledJvm(
                folder.resolve("jvm"),
                List.of(),
                KilledCentral.class,
                List.of(
                        folder.toString(),
                        url,
                        Homes.template.toString(),
                        Integer.toString(hours),
                        Integer.toString(COMMITS)));
    }

    private void compare(String url, List<String> said) throws Exception {
        DataSource dataSource = Databases.at(url);
        try (Central central = new Central(folder.resolve("home"), dataSource, clock())) {
            mind.compare(central, said);
        } finally {
            CentralInMind.leave(dataSource);
        }
    }

    private ManualClock clock() {
        ManualClock clock = new ManualClock();
        clock.advance(Duration.ofHours(hours));
        return clock;
    }
}
