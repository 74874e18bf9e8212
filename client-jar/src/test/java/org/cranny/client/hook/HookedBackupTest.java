package org.cranny.client.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.engine.backup.BackupOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookedBackupTest {
    private static final BackupOutcome DONE = new BackupOutcome("5a5a", 3, 10, 1_000, 0, 900, 1, 2, 0, true);

    @TempDir
    Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private boolean worked;

    @Test
    void tellsTheHooksWhatTheyNeed() throws Exception {
        Path told = folder.resolve("told");
        hooked(sh("echo before $CRANNY_NAME"), sh("env | grep ^CRANNY_ > " + told), false)
                .run(this::work);
        assertTrue(worked);
        assertTrue(log.contains("pre hook: before ws"), log.toString());
        List<String> lines = Files.readAllLines(told);
        assertTrue(
                lines.containsAll(List.of(
                        "CRANNY_HOOK=post",
                        "CRANNY_NAME=ws",
                        "CRANNY_RESULT=done",
                        "CRANNY_EXIT_CODE=0",
                        "CRANNY_SNAPSHOT=5a5a",
                        "CRANNY_BYTES=1000",
                        "CRANNY_UNREAD=0")),
                lines.toString());
    }

    @Test
    void aPreHookThatFailsStopsTheBackupAndThePostHookHearsOfIt() {
        HookedBackup hooked = hooked(sh("echo no room; exit 7"), sh("echo $CRANNY_RESULT $CRANNY_EXIT_CODE"), false);
        HookFailedException failed = assertThrows(HookFailedException.class, () -> hooked.run(this::work));
        assertEquals("The pre hook sh ended with 7.", failed.getMessage());
        assertFalse(worked);
        assertEquals(List.of("pre hook: no room", "post hook: stopped 42"), log);
    }

    @Test
    void aPreHookThatFailsIsAWarningWhenAskedFor() throws Exception {
        hooked(sh("exit 7"), Optional.empty(), true).run(this::work);
        assertTrue(worked);
        assertEquals(List.of("The pre hook sh ended with 7. The backup goes on."), log);
    }

    @Test
    void thePostHookRunsAfterAFailureToo() {
        HookedBackup hooked = hooked(Optional.empty(), sh("echo $CRANNY_RESULT $CRANNY_EXIT_CODE"), false);
        IOException failure = assertThrows(
                IOException.class,
                () -> hooked.run(() -> {
                    throw new IOException("the disk is gone");
                }));
        assertEquals("the disk is gone", failure.getMessage());
        assertEquals(List.of("post hook: failed 42"), log);
    }

    @Test
    void aPostHookThatFailsIsToldAndTheBackupIsDone() throws Exception {
        HookedBackup hooked = hooked(Optional.empty(), sh("exit 1"), false);
        assertEquals(DONE, hooked.run(this::work));
        assertTrue(hooked.afterFailed());
        HookedBackup lenient = hooked(Optional.empty(), sh("exit 1"), true);
        lenient.run(this::work);
        assertFalse(lenient.afterFailed());
    }

    @Test
    void aHookThatTakesTooLongIsEndedWithAllThatItStarted() {
        Hook slow = new Hook(List.of("sh", "-c", "sleep 600 & echo $!; wait"), Duration.ofMillis(1_500));
        HookedBackup hooked = hooked(Optional.of(slow), Optional.empty(), false);
        HookFailedException failed = assertThrows(HookFailedException.class, () -> hooked.run(this::work));
        assertTrue(failed.getMessage().contains("took longer"), failed.getMessage());
        long child = Long.parseLong(log.get(0).substring("pre hook: ".length()));
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
    }

    @Test
    void noShellReadsACommand() throws Exception {
        Hook literal = new Hook(List.of("echo", "$HOME; `id`"), Hook.USUAL_LIMIT);
        hooked(Optional.of(literal), Optional.empty(), false).run(this::work);
        assertEquals(List.of("pre hook: $HOME; `id`"), log);
    }

    @Test
    void aProgramThatIsNotThereIsOneClearLine() {
        Hook absent = new Hook(List.of("/no/such/program"), Hook.USUAL_LIMIT);
        HookedBackup hooked = hooked(Optional.of(absent), Optional.empty(), false);
        String message = assertThrows(HookFailedException.class, () -> hooked.run(this::work))
                .getMessage();
        assertTrue(message.startsWith("The pre hook /no/such/program could not be started"), message);
    }

    @Test
    void whatAHookPrintsIsBounded() throws Exception {
        hooked(sh("yes x | head -n 5000; head -c 100000 /dev/zero | tr '\\0' y"), Optional.empty(), false)
                .run(this::work);
        assertEquals(1_001, log.size());
    }

    private BackupOutcome work() {
        worked = true;
        return DONE;
    }

    private HookedBackup hooked(Optional<Hook> before, Optional<Hook> after, boolean goOn) {
        return new HookedBackup(new Hooks(before, after, goOn), Map.of("CRANNY_NAME", "ws"), failure -> 42, log::add);
    }

    private static Optional<Hook> sh(String script) {
        return Optional.of(new Hook(List.of("sh", "-c", script), Duration.ofMinutes(2)));
    }
}
