package org.cranny.client.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.cranny.client.desktop.DesktopCalls;
import org.cranny.client.desktop.FilesCall;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.enrollment.SignIn;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.Errand;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.power.Power;
import org.cranny.client.report.Listening;
import org.cranny.client.report.Progress;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.selection.ChosenFolders;
import org.cranny.client.selection.ExactPaths;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.browse.Found;
import org.cranny.engine.browse.Glob;
import org.cranny.engine.browse.Search;
import org.cranny.engine.browse.Versions;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.tree.NodeSource;

/**
 * This machine by its home, through the same features as the command line. The home is opened for each question anew and
 * let go of at once, so that the agent and commands find it free.
 */
final class HomeBackups implements OwnBackups {
    private static final int PAGE = 1_000;

    private final Home home;
    private final Clock clock;
    private final ToIntFunction<Throwable> exitCode;

    /** @param exitCode what hooks are told of a failure */
    HomeBackups(Home home, Clock clock, ToIntFunction<Throwable> exitCode) {
        this.home = home;
        this.clock = clock;
        this.exitCode = exitCode;
    }

    @Override
    public boolean enrolled() {
        return home.enrolled();
    }

    @Override
    public Configuration enroll(Invitation invitation, String name) throws IOException {
        Enrollment.Order order;
        try {
            order = invitation.order(name);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
        return new Enrollment(home, new SecureRandom(), clock).enroll(order);
    }

    @Override
    public Configuration signIn(SignIn who, String name) throws IOException {
        return new Enrollment(home, new SecureRandom(), clock).enroll(who.order(name));
    }

    @Override
    public String stamp() throws IOException {
        return Standing.stamp(home, clock);
    }

    @Override
    public Standing standing() throws IOException {
        try (Machine machine = Machine.open(home)) {
            return Standing.of(machine, home.changedFor(), clock);
        }
    }

    @Override
    public Optional<Keeping> keeping() throws IOException {
        try (Machine machine = Machine.open(home)) {
            return Keeping.of(machine);
        }
    }

    @Override
    public void choose(List<byte[]> folders) throws IOException {
        ExactPaths exact = new ExactPaths();
        new ChosenFolders(home).keep(folders.stream().map(exact::of).toList());
    }

    @Override
    public void pause(Duration length) throws IOException {
        new OwnPause(home, clock).begin(length);
    }

    @Override
    public void goOn() throws IOException {
        new OwnPause(home, clock).end();
    }

    @Override
    public void limit(OwnRates.Rates rates) throws IOException {
        new OwnRates(home).keep(rates);
    }

    @Override
    public void hold(Map<OwnHolds.Cause, OwnHolds.Answer> answers) throws IOException {
        new OwnHolds(home).keep(answers);
    }

    @Override
    public DesktopCalls.Made backUp(ProgressListener listener) throws IOException, InterruptedException {
        try (Machine machine = Machine.open(home);
                Progress progress = Progress.to(listener)) {
            Errand errand = UsualBackup.newest(machine).errand(clock);
            Optional<String> objection = errand.objection(Power.now());
            if (objection.isPresent()) {
                throw new IOException(objection.get() + " Nothing was done; plug it in, or try again later.");
            }
            Errand.Ears ears = new Errand.Ears(
                    new Listening.ToBackup(progress),
                    (host, pack, reason) -> progress.warning(host.name(), reason),
                    progress::notice);
            BackupOutcome outcome = errand.run(machine, ears, exitCode).outcome();
            return new DesktopCalls.Made(outcome.files(), outcome.bytes(), outcome.storedBytes(), outcome.unread());
        }
    }

    @Override
    public Found list(Standing.Kept snapshot, byte[] folder, byte[] after) throws IOException {
        return read((machine, backups, nodes) -> Search.list(tree(backups, snapshot, nodes), folder, after, PAGE));
    }

    @Override
    public List<Found.Hit> tops(Standing.Kept snapshot) throws IOException {
        return read((machine, backups, nodes) -> {
            SnapshotTree tree = tree(backups, snapshot, nodes);
            List<Found.Hit> hits = new ArrayList<>();
            for (byte[] root : machine.label(backups.source().snapshots().find(snapshot.id()))
                    .paths()) {
                tree.find(root).ifPresent(entry -> hits.add(new Found.Hit(root, entry)));
            }
            if (hits.isEmpty()) {
                hits.addAll(Search.list(tree, new byte[] {'/'}, null, PAGE).hits());
            }
            return hits;
        });
    }

    @Override
    public Found search(Standing.Kept snapshot, String name) throws IOException {
        Search.Query query = new Search.Query(
                new Glob(OwnBackups.pattern(name).getBytes(StandardCharsets.UTF_8)), Long.MIN_VALUE, Long.MAX_VALUE);
        return read((machine, backups, nodes) ->
                Search.search(tree(backups, snapshot, nodes), new byte[] {'/'}, query, null, PAGE));
    }

    @Override
    public List<FilesCall.Past> versions(byte[] path) throws IOException {
        return read((machine, backups, nodes) -> Versions.of(machine.snapshots().kept(), path, nodes).stream()
                .map(version -> new FilesCall.Past(
                        Standing.Kept.of(version.first()), Standing.Kept.of(version.last()), version.entry()))
                .toList());
    }

    private static SnapshotTree tree(Backups backups, Standing.Kept snapshot, NodeSource nodes) throws IOException {
        return new SnapshotTree(backups.source().snapshots().find(snapshot.id()), nodes);
    }

    @Override
    public RestoreOutcome restore(Order order, boolean dryRun, ProgressListener listener)
            throws IOException, InterruptedException {
        try (Machine machine = Machine.open(home);
                Backups backups = machine.toRead();
                Progress progress = Progress.to(listener)) {
            RestoreRequest request = new RestoreRequest(
                    backups.source().snapshots().find(order.snapshot().id()),
                    order.paths(),
                    order.target(),
                    order.overwrite(),
                    dryRun,
                    TargetRules.FAITHFUL);
            RestoreOutcome outcome = backups.restore(
                    request,
                    (host, pack, reason) -> progress.warning(host.name(), reason),
                    new Listening.ToRestore(progress));
            outcome.warnings().forEach(warning -> progress.warning((String) null, warning));
            if (!dryRun) {
                backups.tell();
            }
            return outcome;
        }
    }

    private interface Look<T> {
        T at(Machine machine, Backups backups, NodeSource nodes) throws IOException;
    }

    private <T> T read(Look<T> look) throws IOException {
        try (Machine machine = Machine.open(home);
                Backups backups = machine.toRead();
                ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            return look.at(machine, backups, chunks);
        }
    }
}
