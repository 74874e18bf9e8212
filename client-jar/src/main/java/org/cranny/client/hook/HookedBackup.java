package org.cranny.client.hook;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.cranny.engine.backup.BackupOutcome;

/**
 * A backup between its hooks. The one before may stop it; the one after runs in any case, also when the one before
 * stopped it, when it failed and when it was interrupted, and is told what came of it
 * ({@code docs/reference/hooks.md}).
 */
public final class HookedBackup {
    private final Hooks hooks;
    private final Map<String, String> environment;
    private final ToIntFunction<Throwable> exitCode;
    private final Consumer<String> log;
    private boolean afterFailed;

    /** The backup itself. */
    @FunctionalInterface
    public interface Work {
        BackupOutcome run() throws IOException, InterruptedException;
    }

    /**
     * @param environment what both hooks are told
     * @param exitCode of a failure
     * @param log hears what hooks print, and their failures that do not stop anything
     */
    public HookedBackup(
            Hooks hooks, Map<String, String> environment, ToIntFunction<Throwable> exitCode, Consumer<String> log) {
        this.hooks = hooks;
        this.environment = Map.copyOf(environment);
        this.exitCode = exitCode;
        this.log = log;
    }

    /** @throws HookFailedException when the hook before it stopped the backup; nothing was done then */
    public BackupOutcome run(Work work) throws IOException, InterruptedException {
        Map<String, String> result = new TreeMap<>(environment);
        try {
            before();
            BackupOutcome outcome = work.run();
            result.putAll(told(outcome));
            return outcome;
        } catch (IOException | InterruptedException | RuntimeException e) {
            result.put("CRANNY_RESULT", e instanceof InterruptedException ? "interrupted" : name(e));
            result.put("CRANNY_EXIT_CODE", String.valueOf(exitCode.applyAsInt(e)));
            throw e;
        } finally {
            after(result);
        }
    }

    /** Whether the hook after the backup failed and that matters. */
    public boolean afterFailed() {
        return afterFailed && !hooks.goOn();
    }

    private void before() throws HookFailedException, InterruptedException {
        if (hooks.before().isEmpty()) {
            return;
        }
        try {
            HookRun.run("pre", hooks.before().get(), environment, log);
        } catch (HookFailedException e) {
            if (!hooks.goOn()) {
                throw e;
            }
            log.accept(e.getMessage() + " The backup goes on.");
        }
    }

    private void after(Map<String, String> result) {
        if (hooks.after().isEmpty()) {
            return;
        }
        try {
            if (Thread.currentThread().isInterrupted() || "interrupted".equals(result.get("CRANNY_RESULT"))) {
                HookRun.leave("post", hooks.after().get(), result);
            } else {
                HookRun.run("post", hooks.after().get(), result, log);
            }
        } catch (HookFailedException e) {
            afterFailed = true;
            log.accept(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(Exception failure) {
        return failure instanceof HookFailedException ? "stopped" : "failed";
    }

    private static Map<String, String> told(BackupOutcome outcome) {
        Map<String, String> told = new TreeMap<>();
        told.put("CRANNY_RESULT", outcome.unread() > 0 ? "some-unread" : "done");
        told.put("CRANNY_EXIT_CODE", outcome.unread() > 0 ? "3" : "0");
        told.put("CRANNY_SNAPSHOT", String.valueOf(outcome.snapshot()));
        told.put("CRANNY_VERSION", String.valueOf(outcome.version()));
        told.put("CRANNY_FILES", String.valueOf(outcome.files()));
        told.put("CRANNY_BYTES", String.valueOf(outcome.bytes()));
        told.put("CRANNY_STORED_BYTES", String.valueOf(outcome.storedBytes()));
        told.put("CRANNY_UNREAD", String.valueOf(outcome.unread()));
        told.put("CRANNY_COMMITTED", String.valueOf(outcome.committed()));
        return told;
    }
}
