package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import org.cranny.central.system.Lending;
import org.cranny.central.system.Lending.Standing;
import org.cranny.central.system.LendingRequest;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.LendingLimit;
import org.cranny.protocol.heartbeat.LendingTerms;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What owners ask for at central reaches their daemons, and it is known how far they are with it. */
class LendingTest {
    private static final long GIB = TestMachine.GIB;

    @TempDir
    Path folder;

    private Bench bench;
    private TestMachine host;

    private HeartbeatAnswer report(long kept, long lent, LendingTerms terms) {
        bench.clock.advance(Duration.ofSeconds(5));
        return bench.central.heartbeats.report(host.id, host.lending(kept, lent, terms));
    }

    private Lending now() {
        return bench.central.lendings.of(host.id.number());
    }

    @ParameterizedTest
    @EnumSource
    void limitIsAskedForThenTakenOverThenDone(Databases kind) throws Exception {
        bench = new Bench(kind, folder);
        try (Bench closed = bench) {
            host = closed.host("nas");
            assertNull(report(8 * GIB, 20 * GIB, new LendingTerms(0, 20 * GIB, 10 * GIB))
                    .lending());
            assertEquals(Standing.OWN, now().standing());
            assertEquals(20 * GIB, now().ownBytes());
            assertEquals(10 * GIB, now().keepFreeBytes());

            Lending asked =
                    bench.central.lendings.ask(host.id.number(), new LendingRequest(5 * GIB, 40.0, null, 10.0), "ann");
            assertEquals(Standing.ASKED, asked.standing());
            assertEquals("ann", asked.asked().by());
            assertEquals(8 * GIB, asked.asked().keptBytes());

            LendingTerms before = new LendingTerms(0, 20 * GIB, 10 * GIB);
            assertEquals(
                    new LendingLimit(1, 5 * GIB, 40.0, null, 10.0),
                    report(8 * GIB, 20 * GIB, before).lending());
            assertEquals(Standing.ASKED, now().standing());
            LendingTerms follows = new LendingTerms(1, 20 * GIB, 10 * GIB);
            report(8 * GIB, 5 * GIB, follows);
            assertEquals(Standing.TAKEN_OVER, now().standing());
            assertEquals(3 * GIB, now().overBytes());
            report(5 * GIB, 5 * GIB, follows);
            assertEquals(Standing.DONE, now().standing());

            bench.central.lendings.ask(host.id.number(), new LendingRequest(null, null, null, null), "ann");
            assertEquals(
                    new LendingLimit(2, null, null, null, null),
                    report(5 * GIB, 5 * GIB, follows).lending());
            assertEquals(Standing.ASKED, now().standing());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameAgainIsNothingNew(Databases kind) throws Exception {
        bench = new Bench(kind, folder);
        try (Bench closed = bench) {
            host = closed.host("nas");
            long number = host.id.number();
            closed.central.lendings.ask(number, new LendingRequest(null, null, null, null), "ann");
            assertEquals(Standing.OWN, now().standing());
            Lending asked = closed.central.lendings.ask(number, new LendingRequest(5 * GIB, 33.3, null, null), "ann");
            bench.clock.advance(Duration.ofHours(1));
            assertEquals(
                    asked, closed.central.lendings.ask(number, new LendingRequest(5 * GIB, 33.3, null, null), "bob"));
            assertEquals(
                    1,
                    closed.central.log.newest(20).stream()
                            .filter(entry -> entry.action().equals("lending"))
                            .count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomIsTakenBackOfWhatIsKeptOrLent(Databases kind) throws Exception {
        bench = new Bench(kind, folder);
        try (Bench closed = bench) {
            host = closed.host("nas");
            report(8 * GIB, 20 * GIB, new LendingTerms(0, 20 * GIB, 0));
            bench.central.lendings.takeBack(host.id.number(), 3 * GIB, "ann");
            assertEquals(5 * GIB, now().asked().quotaBytes());
            bench.central.lendings.takeBack(host.id.number(), GIB, "ann");
            assertEquals(4 * GIB, now().asked().quotaBytes(), "what is wanted back already is not counted twice");
            bench.central.lendings.takeBack(host.id.number(), 900 * GIB, "ann");
            assertEquals(0, now().asked().quotaBytes(), "no more than there is");
            Bench.refused(
                    ProblemKind.BAD_REQUEST, () -> closed.central.lendings.takeBack(host.id.number(), GIB, "ann"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void daemonThatFollowsNoLimitsIsSaidToBeTooOld(Databases kind) throws Exception {
        bench = new Bench(kind, folder);
        try (Bench closed = bench) {
            host = closed.host("nas");
            report(8 * GIB, 20 * GIB, null);
            closed.central.lendings.ask(host.id.number(), new LendingRequest(GIB, null, null, null), "ann");
            assertEquals(Standing.ASKED, now().standing());
            report(8 * GIB, 20 * GIB, null);
            assertEquals(Standing.NOT_FOLLOWED, now().standing());
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitsThatAreNoneAreRefused(Databases kind) throws Exception {
        bench = new Bench(kind, folder);
        try (Bench closed = bench) {
            host = closed.host("nas");
            long number = host.id.number();
            for (LendingRequest wrong : new LendingRequest[] {
                new LendingRequest(-1L, null, null, null),
                new LendingRequest(null, 100.1, null, null),
                new LendingRequest(null, Double.NaN, null, null),
                new LendingRequest(null, null, -1L, null),
                new LendingRequest(null, null, null, -0.1)
            }) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> closed.central.lendings.ask(number, wrong, "ann"));
            }
            Bench.refused(ProblemKind.BAD_REQUEST, () -> closed.central.lendings.takeBack(number, 0L, "ann"));
            Bench.refused(ProblemKind.NOT_FOUND, () -> closed.central.lendings.of(99));
            assertEquals(Standing.OWN, now().standing());
        }
    }
}
