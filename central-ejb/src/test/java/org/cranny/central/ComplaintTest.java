package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.cranny.protocol.custody.Finding;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a source finds wrong counts as loss of that copy, as far as a source may be believed. */
class ComplaintTest {
    private static final FragmentId PACK = TestMachine.pack("one");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aCopyThatItsSourceFoundWrongCountsNoMoreAndTheHostIsInTheLog(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine one = bench.host("h1");
            bench.hold(source, PACK, one, bench.host("h2"));
            assertEquals(1, hear(bench, source, one));
            assertEquals(0, hear(bench, source, one), "what counts no more is no news");
            assertEquals(1, copies(bench, source));
            var row = bench.central.log.newest(1).get(0);
            assertEquals("finding", row.action());
            assertEquals("host " + one.id.number(), row.subject());
            assertEquals(
                    1, bench.central.custody.moved(source.id, 0, 10).packs().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodySpeaksForAnothersPacksAndTheLastCopyGoesOnCounting(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine stranger = bench.source("other");
            TestMachine one = bench.host("h1");
            TestMachine two = bench.host("h2");
            bench.hold(source, PACK, one, two);
            assertEquals(0, hear(bench, stranger, one));
            assertEquals(2, copies(bench, source));
            assertEquals(1, hear(bench, source, one));
            assertEquals(0, hear(bench, source, two));
            assertEquals(1, copies(bench, source));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNamesNoPackAndWhatIsTooMuchIsRefusedWhole(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine one = bench.host("h1");
            bench.hold(source, PACK, one, bench.host("h2"));
            Finding right = new Finding(PACK.toString(), one.id.number(), "is missing");
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.complaints.hear(
                            source.id, new Findings(List.of(right, new Finding("x", 1, "")))));
            Bench.refused(
                    ProblemKind.TOO_LARGE,
                    () -> bench.central.complaints.hear(
                            source.id, new Findings(Collections.nCopies(Findings.MOST + 1, right))));
            assertEquals(2, copies(bench, source));
            assertTrue(bench.central.log.newest(10).stream()
                    .noneMatch(row -> row.action().equals("finding")));
        }
    }

    private static int hear(Bench bench, TestMachine source, TestMachine host) {
        Finding finding = new Finding(PACK.toString(), host.id.number(), "is missing");
        return bench.central
                .complaints
                .hear(source.id, new Findings(List.of(finding)))
                .counted();
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
