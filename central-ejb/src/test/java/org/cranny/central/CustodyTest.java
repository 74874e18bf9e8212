package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CustodyTest {
    private static final FragmentId PACK = TestMachine.pack("one");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void receiptLowersItsHostsSpaceOnceHoweverOftenItComes(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine host = bench.host("h1");
            TestMachine other = bench.host("h2");
            long before = bench.free(host);
            Instant time = bench.clock.instant();
            Placements batch = new Placements(List.of(source.placement(PACK, time, host, other)));
            assertEquals(
                    List.of(PACK.toString()),
                    bench.central.custody.register(source.id, batch).accepted());
            bench.central.custody.register(source.id, batch);
            assertEquals(before - TestMachine.LENGTH, bench.free(host));

            bench.clock.advance(Duration.ofSeconds(5));
            bench.central.heartbeats.report(host.id, host.heartbeat(before - TestMachine.LENGTH));
            assertEquals(before - TestMachine.LENGTH, bench.free(host));
        }
    }

    @ParameterizedTest
    @EnumSource
    void receiptFromBeforeTheLastReportIsCountedThereAlready(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine host = bench.host("h1");
            Instant given = bench.clock.instant();
            bench.clock.advance(Duration.ofSeconds(5));
            bench.central.heartbeats.report(host.id, host.heartbeat(1_000_000_000));
            bench.central.custody.register(source.id, new Placements(List.of(source.placement(PACK, given, host))));
            assertEquals(1_000_000_000, bench.free(host));
        }
    }

    @ParameterizedTest
    @EnumSource
    void believesNoReceiptButARightOne(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine thief = bench.source("thief");
            TestMachine host = bench.host("h1");
            Instant now = bench.clock.instant();

            TestMachine forger = new TestMachine("forger");
            forger.id = host.id;
            TestMachine noHost = bench.source("no host");
            refuses(bench, source, source.placement(PACK, now, forger));
            refuses(bench, source, source.placement(PACK, now, noHost));
            refuses(bench, source, thief.placement(PACK, now, host));
            refuses(bench, source, with(host.receipt(source.id, PACK, TestMachine.LENGTH - 1, now)));
            refuses(bench, source, with(host.receipt(source.id, TestMachine.pack("two"), TestMachine.LENGTH, now)));
            refuses(bench, source, with(new Held(0, "AAAA")));
            refuses(bench, source, with(new Held(0, null)));
            refuses(
                    bench,
                    source,
                    with(new Held(
                            3,
                            host.receipt(source.id, PACK, TestMachine.LENGTH, now)
                                    .receipt())));
            refuses(bench, source, null);
            bench.central.systems.revoke(host.id.number(), "admin", "stolen");
            refuses(bench, source, source.placement(PACK, now, host));
            assertEquals(
                    List.of(), bench.central.custody.page(source.id, null, 10).packs());
        }
    }

    @ParameterizedTest
    @EnumSource
    void rightReceiptCountsBesideAWrongOne(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine host = bench.host("h1");
            TestMachine forger = new TestMachine("forger");
            forger.id = bench.host("h2").id;
            Registered registered = bench.hold(source, PACK, host, forger);
            assertEquals(List.of(), registered.accepted());
            assertTrue(registered.refused().get(0).startsWith(PACK + ": "));
            Placement kept =
                    bench.central.custody.page(source.id, null, 10).packs().get(0);
            assertEquals(1, kept.fragments().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void samePackMayNotChangeItsShape(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine host = bench.host("h1");
            bench.hold(source, PACK, host);
            Held receipt = bench.host("h2").receipt(source.id, PACK, TestMachine.LENGTH, bench.clock.instant());
            refuses(bench, source, new Placement(PACK.toString(), "TREE", TestMachine.LENGTH, 1, 3, List.of(receipt)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesAreInOrderAndOfOneSourceOnly(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine other = bench.source("other");
            TestMachine host = bench.host("h1");
            List<String> ids = java.util.stream.IntStream.range(0, 7)
                    .mapToObj(i -> TestMachine.pack("p" + i))
                    .peek(pack -> bench.hold(source, pack, host))
                    .map(FragmentId::toString)
                    .sorted()
                    .toList();
            List<Placement> first =
                    bench.central.custody.page(source.id, null, 4).packs();
            List<Placement> second = bench.central
                    .custody
                    .page(source.id, first.get(3).pack(), 4)
                    .packs();
            assertEquals(ids.subList(0, 4), first.stream().map(Placement::pack).toList());
            assertEquals(ids.subList(4, 7), second.stream().map(Placement::pack).toList());
            assertEquals(
                    List.of(), bench.central.custody.page(other.id, null, 4).packs());
        }
    }

    private static Placement with(Held held) {
        return new Placement(PACK.toString(), "DATA", TestMachine.LENGTH, 1, 3, List.of(held));
    }

    private static void refuses(Bench bench, TestMachine source, Placement placement) {
        Registered registered =
                bench.central.custody.register(source.id, new Placements(java.util.Arrays.asList(placement)));
        assertEquals(List.of(), registered.accepted());
        assertEquals(1, registered.refused().size(), registered.toString());
    }
}
