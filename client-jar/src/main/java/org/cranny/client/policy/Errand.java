package org.cranny.client.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.cranny.client.home.HomeBusyException;
import org.cranny.client.hook.HookedBackup;
import org.cranny.client.hook.Hooks;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.owner.OwnNews;
import org.cranny.client.power.BatteryRule;
import org.cranny.client.power.Power;
import org.cranny.engine.backup.Backup;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.transfer.Limits;

/**
 * A backup with all that goes with it, typed by people or wanted by a policy.
 *
 * @param hooks not run when the backup is a dry run
 * @param paths what is backed up, as people write it
 * @param incoming what is backed up instead of files that are there
 */
public record Errand(
        BackupRequest request,
        Limits limits,
        Hooks hooks,
        BatteryRule battery,
        List<String> paths,
        Optional<Incoming> incoming) {

    /** Of files that are there. */
    public Errand(BackupRequest request, Limits limits, Hooks hooks, BatteryRule battery, List<String> paths) {
        this(request, limits, hooks, battery, paths, Optional.empty());
    }

    /** A stream that is opened when the backup begins, after the hook before it. */
    @FunctionalInterface
    public interface Incoming {
        /** @param log hears what whoever makes it says beside it */
        InputStream open(Consumer<String> log) throws IOException;
    }

    /** What came of it. @param hookFailed whether the hook after the backup failed, and that matters */
    public record Done(BackupOutcome outcome, boolean hookFailed) {}

    /** Who hears what while it is done. */
    public record Ears(BackupListener listener, HostPacks.Trouble trouble, Consumer<String> log) {}

    /** Why it should not be done now, in one sentence; empty when nothing is against it. */
    public Optional<String> objection(Power power) {
        return battery.objection(power);
    }

    /**
     * @param exitCode what hooks are told of a failure
     * @throws org.cranny.client.hook.HookFailedException when the hook before it stopped it; nothing was done then
     */
    public Done run(Machine machine, Ears ears, ToIntFunction<Throwable> exitCode)
            throws IOException, InterruptedException {
        try {
            Done done = attempt(machine, ears, exitCode);
            tell(machine, OwnNews.Kind.BACKED_UP, "");
            return done;
        } catch (HomeBusyException | InterruptedIOException noFailure) {
            throw noFailure;
        } catch (IOException | RuntimeException failed) {
            if (!Thread.currentThread().isInterrupted()) {
                tell(machine, OwnNews.Kind.FAILED, String.valueOf(failed.getMessage()));
            }
            throw failed;
        }
    }

    private void tell(Machine machine, OwnNews.Kind kind, String text) {
        if (!request.dryRun()) {
            new OwnNews(machine.home(), Clock.systemUTC()).note(kind, text);
        }
    }

    private Done attempt(Machine machine, Ears ears, ToIntFunction<Throwable> exitCode)
            throws IOException, InterruptedException {
        Hooks around = request.dryRun() ? Hooks.NONE : hooks;
        HookedBackup hooked = new HookedBackup(around, told(machine), exitCode, ears.log());
        BackupOutcome outcome = hooked.run(() -> {
            try (Backups backups = machine.toBackUp(limits)) {
                return backUp(backups.backup(ears.trouble()), ears);
            }
        });
        return new Done(outcome, hooked.afterFailed());
    }

    private BackupOutcome backUp(Backup backup, Ears ears) throws IOException, InterruptedException {
        if (incoming.isEmpty()) {
            return backup.run(request, ears.listener());
        }
        try (InputStream octets = incoming.get().open(ears.log())) {
            return backup.takeIn(request, octets, ears.listener());
        }
    }

    private Map<String, String> told(Machine machine) {
        return Map.of(
                "CRANNY_HOME", machine.home().folder().toString(),
                "CRANNY_NAME", machine.configuration().name(),
                "CRANNY_SYSTEM", String.valueOf(machine.configuration().system().number()),
                "CRANNY_PATHS", String.join("\n", paths),
                "CRANNY_TAGS", String.join(",", request.label().tags()));
    }
}
