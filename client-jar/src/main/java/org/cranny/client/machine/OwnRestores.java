package org.cranny.client.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cranny.client.central.WireRecords;
import org.cranny.client.home.DurableFiles;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.snapshot.RestoreNote;
import org.cranny.protocol.snapshot.RestoreNotes;

/**
 * Restores of this machine, until central was told: a file each in the home, there before anything is written to the
 * target. While one runs its file begins with {@code running-} and the process; whose process is gone did not come to its
 * end. There is a most: what is beyond it is not noted. A disk that is full stops no restore.
 */
final class OwnRestores {
    private static final int MOST_FILES = 10_000;
    private static final int SERVER_FAILED = 500;
    private static final String RUNNING = "running-";

    private final Machine machine;
    private final Clock clock;

    OwnRestores(Machine machine, Clock clock) {
        this.machine = machine;
        this.clock = clock;
    }

    /** A restore that runs. @param file null when it could not be noted */
    record Running(RestoreNote note, Path file) {}

    Running begin(Snapshot snapshot) {
        RestoreNote note = new RestoreNote(UUID.randomUUID().toString(), snapshot.id(), second(), null, 0, 0, 0);
        try {
            if (!machine.configuration().hasCentral() || files().size() >= MOST_FILES) {
                return new Running(note, null);
            }
            Path file = folder().resolve(RUNNING + ProcessHandle.current().pid() + "-" + note.id());
            DurableFiles.makeFolder(folder());
            DurableFiles.write(file, WireRecords.write(note));
            return new Running(note, file);
        } catch (IOException fullDisk) {
            return new Running(note, null);
        }
    }

    /** @param outcome null when it did not come to its end */
    void end(Running running, RestoreOutcome outcome) {
        if (running.file() == null) {
            return;
        }
        RestoreNote begun = running.note();
        RestoreNote over = outcome == null
                ? begun
                : new RestoreNote(
                        begun.id(),
                        begun.snapshot(),
                        begun.began(),
                        Math.max(begun.began(), second()),
                        outcome.files(),
                        outcome.bytes(),
                        outcome.failed());
        try {
            DurableFiles.write(running.file(), WireRecords.write(over));
            DurableFiles.move(running.file(), folder().resolve(begun.id()));
        } catch (IOException fullDisk) {
            return;
        }
    }

    /** Tells central all of it; while central is away everything stays. Never fails. */
    void tell() {
        try {
            List<Path> over = over();
            for (int from = 0; from < over.size(); from += RestoreNotes.MOST) {
                tell(over.subList(from, Math.min(over.size(), from + RestoreNotes.MOST)));
            }
        } catch (IOException centralIsAway) {
            return;
        }
    }

    /** What central refuses it does not want to hear again. */
    private void tell(List<Path> files) throws IOException {
        List<RestoreNote> notes = new ArrayList<>();
        for (Path file : files) {
            notes.add(WireRecords.read(Files.readAllBytes(file), RestoreNote.class));
        }
        notes.sort(Comparator.comparing(RestoreNote::began));
        try {
            machine.central().restored(notes);
        } catch (ProblemException refused) {
            if (refused.problem().status() >= SERVER_FAILED) {
                return;
            }
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> over() throws IOException {
        return files().stream().filter(OwnRestores::isOver).toList();
    }

    private static boolean isOver(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(RUNNING)
                || ProcessHandle.of(Long.parseLong(name.split("-", 3)[1])).isEmpty();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.getFileName().toString().matches("(running-[0-9]{1,18}-)?[0-9a-f-]{36}"))
                    .toList();
        }
    }

    private Path folder() {
        return machine.home().restores();
    }

    private long second() {
        return clock.instant().getEpochSecond();
    }
}
