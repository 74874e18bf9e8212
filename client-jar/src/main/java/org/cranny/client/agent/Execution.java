package org.cranny.client.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeBusyException;
import org.cranny.client.keys.KeyRotation;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.owner.OwnNews;
import org.cranny.client.policy.Errand;
import org.cranny.client.policy.Served;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.power.Power;
import org.cranny.client.report.Human;
import org.cranny.client.report.Listening;
import org.cranny.client.report.Progress;
import org.cranny.client.status.OneMachine;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.Reading;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.job.BackupOrder;
import org.cranny.protocol.job.CheckOrder;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobOrder;
import org.cranny.protocol.job.RecoverOrder;
import org.cranny.protocol.job.RestoreOrder;
import org.cranny.protocol.job.RotateKeysOrder;
import org.cranny.protocol.job.RunNowOrder;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/**
 * Carries out one order with the engine, as the command line would. While another process has the home it waits for
 * its end. Taken up again after an interruption it goes on where it was.
 */
final class Execution {
    private static final long BUSY_MILLIS = 2_000;
    static final int DONE = 0;
    static final int FAILED = 1;
    private static final int SOME_UNREAD = 3;
    private static final int HOOK_FAILED = 6;

    /** What came of it. @param summary the members of the command line's summary, without names of files */
    record Finished(int exitCode, Map<String, Object> summary) {}

    /** The job's paths. */
    interface Paths {
        /** @param exact whether to make them exact, for a backup */
        List<byte[]> read(boolean exact) throws IOException;
    }

    private final Home home;
    private final Log log;
    private final Ending.Judge judge;
    private final Served served;

    Execution(Home home, Ending.Judge judge, Log log) {
        this.home = home;
        this.judge = judge;
        this.log = log;
        this.served = new Served(home);
    }

    Finished run(JobKind kind, JobOrder order, Paths paths, Progress progress)
            throws IOException, InterruptedException {
        boolean told = false;
        while (true) {
            try (Machine machine = Machine.open(home)) {
                return switch (kind) {
                    case BACKUP -> backUp(machine, paths.read(true), ((BackupOrder) order).tags(), progress);
                    case RUN_NOW -> backUpAsUsual(machine, (RunNowOrder) order, progress);
                    case RESTORE -> restore(machine, (RestoreOrder) order, paths.read(false), progress);
                    case CHECK -> check(machine, (CheckOrder) order, progress);
                    case ROTATE_KEYS -> rotate(machine, (RotateKeysOrder) order);
                    case RECOVER -> {
                        new OwnNews(home, Clock.systemUTC()).note(OwnNews.Kind.RECOVERY, "");
                        yield new Replacement(home, log)
                                .recover(machine, (RecoverOrder) order, paths.read(false), progress);
                    }
                };
            } catch (HomeBusyException busy) {
                if (!told) {
                    log.line("waiting", "reason", busy.getMessage());
                    told = true;
                }
                Thread.sleep(BUSY_MILLIS);
            }
        }
    }

    /** A planned time once. */
    private Finished backUpAsUsual(Machine machine, RunNowOrder order, Progress progress)
            throws IOException, InterruptedException {
        if (order.due() != null && !order.due().isAfter(served.newest())) {
            log.line("served-already", "due", order.due());
            return new Finished(DONE, Map.of("servedAlready", true));
        }
        Finished finished = backUp(machine, UsualBackup.newest(machine).errand(Clock.systemDefaultZone()), progress);
        if (order.due() != null) {
            served.note(order.due());
        }
        return finished;
    }

    private Finished backUp(Machine machine, Errand errand, Progress progress)
            throws IOException, InterruptedException {
        Optional<String> objection = errand.objection(Power.now());
        if (objection.isPresent()) {
            throw new IOException(objection.get() + " Nothing was done; the next planned time tries again.");
        }
        Errand.Ears ears = new Errand.Ears(
                new Listening.ToBackup(progress),
                (host, pack, reason) -> progress.warning(host.name(), reason),
                progress::notice);
        Errand.Done done =
                errand.run(machine, ears, failure -> judge.of(failure).exitCode());
        return finished(machine, done.outcome(), done.hookFailed() ? HOOK_FAILED : DONE, progress);
    }

    private static Finished backUp(Machine machine, List<byte[]> paths, List<String> tags, Progress progress)
            throws IOException, InterruptedException {
        BackupRequest request = new BackupRequest(paths, machine.configuration().name(), tags, false);
        try (Backups backups = machine.toBackUp()) {
            BackupOutcome outcome = backups.backup((host, pack, reason) -> progress.warning(host.name(), reason))
                    .run(request, new Listening.ToBackup(progress));
            return finished(machine, outcome, DONE, progress);
        }
    }

    /** @param otherwise the exit code when all files could be read */
    private static Finished finished(Machine machine, BackupOutcome outcome, int otherwise, Progress progress)
            throws IOException {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("snapshot", outcome.snapshot());
        summary.put("version", outcome.version());
        summary.put("files", outcome.files());
        summary.put("bytes", outcome.bytes());
        summary.put("storedBytes", outcome.storedBytes());
        summary.put("packs", outcome.packs());
        summary.put("copies", outcome.copies());
        summary.put("unread", outcome.unread());
        summary.put("committed", outcome.committed());
        summary.put("allOnOneMachine", OneMachine.holdsAll(machine.hosts()));
        summary.put("seconds", progress.elapsedMillis() / 1_000.0);
        int exitCode = otherwise == DONE && outcome.unread() > 0 ? SOME_UNREAD : otherwise;
        return new Finished(exitCode, summary);
    }

    private Finished restore(Machine machine, RestoreOrder order, List<byte[]> paths, Progress progress)
            throws IOException, InterruptedException {
        try (Backups backups = machine.toRead()) {
            Path target = PathBytes.toPath(PathNotation.absolute(order.target()));
            Snapshot snapshot = backups.source().snapshots().find(order.snapshot());
            Files.createDirectories(target);
            RestoreRequest request = new RestoreRequest(
                    snapshot,
                    paths,
                    target,
                    order.overwrite() ? Overwrite.IF_CHANGED : Overwrite.REFUSE,
                    false,
                    order.safe() ? TargetRules.SAFE : TargetRules.FAITHFUL);
            RestoreOutcome outcome = backups.restore(
                    request,
                    (host, pack, reason) -> progress.warning(host.name(), reason),
                    new Listening.ToRestore(progress));
            backups.tell();
            new OwnNews(home, Clock.systemUTC())
                    .note(
                            OwnNews.Kind.RESTORED,
                            Human.count(outcome.files(), "file") + ", " + Human.bytes(outcome.bytes()));
            return restored(snapshot, outcome, progress);
        } catch (MalformedException e) {
            throw new IOException("The job's target cannot be meant: " + e.getMessage() + ".", e);
        }
    }

    private static Finished rotate(Machine machine, RotateKeysOrder order) throws IOException {
        int generation = new KeyRotation(machine, new SecureRandom()).rotate(order.afterCompromise());
        return new Finished(DONE, Map.of("generation", generation, "afterCompromise", order.afterCompromise()));
    }

    /** What a restore came to. */
    static Finished restored(Snapshot snapshot, RestoreOutcome outcome, Progress progress) {
        outcome.warnings().forEach(warning -> progress.warning((String) null, warning));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("snapshot", snapshot.id());
        summary.put("files", outcome.files());
        summary.put("bytes", outcome.bytes());
        summary.put("skipped", outcome.skipped());
        summary.put("fetchedBytes", outcome.fetchedBytes());
        summary.put("failed", outcome.failed());
        summary.put("warnings", outcome.warned());
        summary.put("seconds", progress.elapsedMillis() / 1_000.0);
        return new Finished(outcome.failed() > 0 ? FAILED : DONE, summary);
    }

    private static Finished check(Machine machine, CheckOrder order, Progress progress)
            throws IOException, InterruptedException {
        try (Backups backups = machine.toRead()) {
            Check check = backups.check((host, pack, reason) -> progress.warning(host.name(), reason));
            List<Snapshot> chosen = order.snapshot() == null
                    ? backups.source().snapshots().kept()
                    : List.of(backups.source().snapshots().find(order.snapshot()));
            if (chosen.isEmpty()) {
                throw new IOException("There is no snapshot to check yet.");
            }
            CheckOutcome outcome = check.run(
                    chosen,
                    order.readData() ? new Reading(1, false) : Reading.NOTHING,
                    new Listening.ToCheck(progress));
            backups.tell(outcome);
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("sound", outcome.sound());
            summary.put("snapshots", outcome.snapshots());
            summary.put("packs", outcome.packs());
            summary.put("copies", outcome.copies());
            summary.put("bytes", outcome.bytes());
            summary.put("unproven", outcome.unproven());
            summary.put("findings", outcome.findings().size());
            summary.put("seconds", progress.elapsedMillis() / 1_000.0);
            return new Finished(outcome.sound() ? DONE : FAILED, summary);
        }
    }
}
