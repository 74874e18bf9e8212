package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.RestoreNote;
import org.cranny.protocol.snapshot.RestoreNotes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What machines bring back by themselves stands in the log. */
class RestoreNoteTest {
    private static final String SNAPSHOT = "ab".repeat(32);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aRestoreThatIsToldTwiceStandsInTheLogOnce(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            RestoreNote whole = note(UUID.randomUUID().toString(), SNAPSHOT, 0L, 60L, 3);
            RestoreNote stopped = note(UUID.randomUUID().toString(), SNAPSHOT, 120L, null, 0);
            bench.central.restores.hear(source.id, new RestoreNotes(List.of(whole)));
            bench.central.restores.hear(source.id, new RestoreNotes(List.of(whole, stopped, stopped)));
            String subject = "system " + source.id.number();
            assertEquals(
                    List.of(
                            "snapshot abababab, begun 1970-01-01T00:02:00Z, did not come to its end",
                            "snapshot abababab, begun 1970-01-01T00:00:00Z, ended 1970-01-01T00:01:00Z: 3 files, 7 octets,"
                                    + " 0 failed"),
                    bench.central.log.newest(10).stream()
                            .filter(row -> row.action().equals("restore")
                                    && row.actor().equals(subject)
                                    && row.subject().equals(subject))
                            .map(row -> row.detail())
                            .toList());
            assertTrue(bench.central.log.firstBroken().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoMachinesThatDrawTheSameIdAreTwoRestores(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            RestoreNote note = note(UUID.randomUUID().toString(), SNAPSHOT, 0L, 60L, 3);
            bench.central.restores.hear(bench.source("one").id, new RestoreNotes(List.of(note)));
            bench.central.restores.hear(bench.source("two").id, new RestoreNotes(List.of(note)));
            assertEquals(2, rows(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeMeantIsRefusedWithItsMemberAndNothingIsTaken(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            String id = UUID.randomUUID().toString();
            RestoreNote right = note(id, SNAPSHOT, 0L, 60L, 3);
            Map<RestoreNote, String> wrong = Map.of(
                    note(null, SNAPSHOT, 0L, 60L, 3),
                    "id",
                    note("x'; drop table log; --", SNAPSHOT, 0L, 60L, 3),
                    "id",
                    note(id, "ab", 0L, 60L, 3),
                    "snapshot",
                    note(id, null, 0L, 60L, 3),
                    "snapshot",
                    note(id, SNAPSHOT, -1L, 60L, 3),
                    "began",
                    note(id, SNAPSHOT, 60L, 59L, 3),
                    "ended",
                    note(id, SNAPSHOT, 0L, Long.MAX_VALUE, 3),
                    "ended",
                    note(id, SNAPSHOT, 0L, 60L, -1),
                    "files",
                    new RestoreNote(id, SNAPSHOT, 0, 60L, 1, -1, 0),
                    "bytes",
                    new RestoreNote(id, SNAPSHOT, 0, 60L, 1, 1, -1),
                    "failed");
            wrong.forEach((note, field) -> assertEquals(
                    field,
                    Bench.refused(
                                    ProblemKind.BAD_REQUEST,
                                    () -> bench.central.restores.hear(
                                            source.id, new RestoreNotes(List.of(right, note))))
                            .problem()
                            .field(),
                    note::toString));
            Bench.refused(
                    ProblemKind.TOO_LARGE,
                    () -> bench.central.restores.hear(
                            source.id, new RestoreNotes(Collections.nCopies(RestoreNotes.MOST + 1, right))));
            assertEquals(0, rows(bench));
        }
    }

    private static RestoreNote note(String id, String snapshot, long began, Long ended, long files) {
        return new RestoreNote(id, snapshot, began, ended, files, 7, 0);
    }

    private static long rows(Bench bench) {
        return bench.central.log.newest(100).stream()
                .filter(row -> row.action().equals("restore"))
                .count();
    }
}
