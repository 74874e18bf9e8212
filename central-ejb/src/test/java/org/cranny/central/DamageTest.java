package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.cranny.central.placement.PackChange;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host finds damaged on its own disk counts no more, once, and a pack without any copy is asked for again. */
class DamageTest {
    private static final FragmentId PACK = TestMachine.pack("one");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aDamagedCopyCountsNoMoreAndTheHostIsNotCalledALiar(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine one = bench.host("h1");
            TestMachine two = bench.host("h2");
            bench.hold(source, PACK, one, two);
            List<Damage> told = List.of(
                    damage(source, PACK),
                    damage(source, TestMachine.pack("of nobody")),
                    new Damage(999, PACK.toString(), ""),
                    new Damage(1, PACK.toString(), null));
            assertEquals(4, bench.central.damages.hear(one.id.number(), told));
            assertEquals(1, copies(bench, source));
            var row = bench.central.log.newest(1).get(0);
            assertEquals("damage", row.action());
            assertTrue(row.detail().startsWith("1 copies"), row::detail);
            assertEquals(4, bench.central.damages.hear(one.id.number(), told), "it is acknowledged again");
            assertEquals(row.sequence(), bench.central.log.newest(1).get(0).sequence(), "and is no news");
            assertEquals(1, bench.central.proofs.of(one.id.number()).honesty());
            assertEquals(
                    1, bench.central.custody.moved(source.id, 0, 10).packs().size());
            bench.clock.advance(Duration.ofSeconds(5));
            bench.hold(source, PACK, one);
            assertEquals(2, copies(bench, source), "a new receipt counts again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextCommitIsRefusedWhileNoCopyIsLeftSoThatTheSourceSendsItAgain(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine one = bench.host("h1");
            TestMachine two = bench.host("h2");
            FragmentId other = TestMachine.pack("two");
            bench.hold(source, PACK, one, two);
            bench.hold(source, other, one, two);
            bench.commit(source, 1, null, List.of(PACK, other), List.of());
            bench.central.damages.hear(one.id.number(), List.of(damage(source, PACK), damage(source, other)));
            bench.central.damages.hear(two.id.number(), List.of(damage(source, PACK)));
            ProblemException refused = Bench.refused(
                    ProblemKind.PACKS_MISSING,
                    () -> bench.central.custody.change(source.id.number(), new PackChange(2, List.of(), List.of())));
            assertEquals(List.of(PACK.toString()), refused.problem().items());
            assertEquals(List.of(PACK.toString()), goneAtTheNextBackup(bench, source));
            bench.clock.advance(Duration.ofSeconds(5));
            bench.hold(source, PACK, one, two);
            bench.central.custody.change(source.id.number(), new PackChange(2, List.of(), List.of()));
            assertEquals(List.of(), goneAtTheNextBackup(bench, source));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSourceHearsOfWhatOnlySnapshotsOfBeforeNeed(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine one = bench.host("h1");
            TestMachine two = bench.host("h2");
            FragmentId unnamed = TestMachine.pack("of no snapshot yet");
            bench.hold(source, PACK, one, two);
            bench.hold(source, unnamed, one, two);
            bench.commit(source, 1, null, List.of(PACK), List.of());
            bench.central.custody.change(source.id.number(), new PackChange(2, List.of(), List.of(PACK)));
            for (TestMachine host : List.of(one, two)) {
                bench.central.damages.hear(host.id.number(), List.of(damage(source, PACK), damage(source, unnamed)));
            }
            assertEquals(List.of(PACK.toString()), goneAtTheNextBackup(bench, source));
            bench.central.custody.change(source.id.number(), new PackChange(3, List.of(), List.of()));
        }
    }

    private static List<String> goneAtTheNextBackup(Bench bench, TestMachine source) {
        Lease lease = bench.central.leases.take(source.id, new LeaseRequest(0, null));
        bench.central.leases.release(source.id, lease.epoch());
        return lease.goneSince();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooMuchOrNamesNothingIsRefusedWhole(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine one = bench.host("h1");
            bench.hold(source, PACK, one, bench.host("h2"));
            Damage right = damage(source, PACK);
            for (List<Damage> told : List.of(
                    Collections.nCopies(Damage.MOST + 1, right),
                    List.of(right, new Damage(source.id.number(), "x", "")),
                    List.of(right, new Damage(source.id.number(), null, "")))) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.damages.hear(one.id.number(), told));
            }
            assertEquals(0, bench.central.damages.hear(one.id.number(), null));
            assertEquals(2, copies(bench, source));
        }
    }

    private static Damage damage(TestMachine source, FragmentId fragment) {
        return new Damage(source.id.number(), fragment.toString(), "its octets are wrong");
    }

    private static int copies(Bench bench, TestMachine source) {
        return bench.central
                .custody
                .page(source.id, null, 10)
                .packs()
                .get(0)
                .fragments()
                .size();
    }
}
