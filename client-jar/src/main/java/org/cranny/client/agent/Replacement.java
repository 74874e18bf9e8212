package org.cranny.client.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.enrollment.TakeOver;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Listening;
import org.cranny.client.report.Progress;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.job.RecoverOrder;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/**
 * Takes the place of a lost machine in a home of its own beside this machine's, and brings its files back. Done again
 * after an interruption, the place is taken already and the restore goes on where it was. From then on the agent serves
 * that place too ({@link Places}).
 */
final class Replacement {
    private final Home home;
    private final Log log;

    Replacement(Home home, Log log) {
        this.home = home;
        this.log = log;
    }

    Execution.Finished recover(Machine machine, RecoverOrder order, List<byte[]> paths, Progress progress)
            throws IOException, InterruptedException {
        Home place = Home.at(home.places().resolve(Long.toString(order.recovery())));
        if (!place.enrolled()) {
            Files.createDirectories(home.places());
            Configuration here = machine.configuration();
            Configuration taken = new TakeOver(place, new SecureRandom(), Clock.systemUTC())
                    .takeOver(new Enrollment.Order(
                            here.central(), order.token(), new Fingerprint(here.caFingerprint()), here.name()));
            log.line("place-taken", "system", taken.system().number());
        }
        try (Machine lost = Machine.open(place);
                Backups backups = lost.toRead()) {
            Path target = PathBytes.toPath(PathNotation.absolute(order.target()));
            Snapshot snapshot = backups.source().snapshots().find(order.snapshot());
            Files.createDirectories(target);
            RestoreRequest request = new RestoreRequest(
                    snapshot, paths, target, Overwrite.IF_CHANGED, false, new TargetRules(false, true));
            RestoreOutcome outcome = backups.restore(
                    request,
                    (host, pack, reason) -> progress.warning(host.name(), reason),
                    new Listening.ToRestore(progress));
            backups.tell();
            Execution.Finished finished = Execution.restored(snapshot, outcome, progress);
            Map<String, Object> summary = new LinkedHashMap<>(finished.summary());
            summary.put("system", lost.configuration().system().number());
            return new Execution.Finished(finished.exitCode(), summary);
        } catch (MalformedException e) {
            throw new IOException("The recovery's target cannot be meant: " + e.getMessage() + ".", e);
        }
    }
}
