package org.cranny.client.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.machine.Whereabouts;
import org.cranny.client.policy.Errand;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.power.Power;
import org.cranny.client.report.Listening;
import org.cranny.client.report.Progress;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.selection.ChosenFolders;
import org.cranny.client.selection.ExactPaths;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.browse.Found;
import org.cranny.engine.browse.Glob;
import org.cranny.engine.browse.Search;
import org.cranny.engine.browse.Versions;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.NodeSource;

/**
 * All that the window asks of this machine's home, through the same features as the command line. Every method may take
 * its time and none is for the event thread; the home is opened for each anew and let go of at once, so that the agent and
 * commands find it free.
 */
final class OwnBackups {
    private static final int PAGE = 1_000;

    private final Home home;
    private final Clock clock;
    private final ToIntFunction<Throwable> exitCode;

    /** @param exitCode what hooks are told of a failure */
    OwnBackups(Home home, Clock clock, ToIntFunction<Throwable> exitCode) {
        this.home = home;
        this.clock = clock;
        this.exitCode = exitCode;
    }

    boolean enrolled() {
        return home.enrolled();
    }

    Path folder() {
        return home.folder();
    }

    Configuration enroll(Invitation invitation, String name) throws IOException {
        Enrollment.Order order;
        try {
            order = invitation.order(name);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
        return new Enrollment(home, new SecureRandom(), clock).enroll(order);
    }

    /** Differs whenever something that {@link #standing} says may have changed; costs a look at a few files. */
    String stamp() throws IOException {
        StringBuilder stamp = new StringBuilder();
        for (Path file :
                List.of(home.config(), home.snapshots(), home.policyFile(), home.foldersFile(), home.masterFile())) {
            stamp.append(Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0)
                    .append(' ');
        }
        return stamp.append(home.changedFor().orElse("")).toString();
    }

    Standing standing() throws IOException {
        try (Machine machine = Machine.open(home)) {
            return Standing.of(machine, home.changedFor(), clock);
        }
    }

    /** Empty before the first backup. */
    Optional<Keeping> keeping() throws IOException {
        try (Machine machine = Machine.open(home)) {
            List<Snapshot> all = machine.snapshots().list();
            if (all.isEmpty()) {
                return Optional.empty();
            }
            try (Backups backups = machine.toRead()) {
                List<Whereabouts> each = Whereabouts.of(all, backups.source().holdings());
                return Optional.of(Keeping.of(each.get(each.size() - 1), backups.hosts()));
            }
        }
    }

    void choose(List<byte[]> folders) throws IOException {
        ExactPaths exact = new ExactPaths();
        new ChosenFolders(home).keep(folders.stream().map(exact::of).toList());
    }

    BackupOutcome backUp(ProgressListener listener) throws IOException, InterruptedException {
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
            return errand.run(machine, ears, exitCode).outcome();
        }
    }

    /** What was asked for when a snapshot was made: where its folders begin. */
    List<byte[]> roots(Snapshot snapshot) throws IOException {
        try (Machine machine = Machine.open(home)) {
            return machine.label(snapshot).paths();
        }
    }

    /** A page of a folder. @param after name that the page before ended with, or null */
    Found list(Snapshot snapshot, byte[] folder, byte[] after) throws IOException {
        return read(nodes -> Search.list(new SnapshotTree(snapshot, nodes), folder, after, PAGE));
    }

    /** What was asked for when a snapshot was made, as entries. */
    List<Found.Hit> tops(Snapshot snapshot) throws IOException {
        List<byte[]> roots = roots(snapshot);
        return read(nodes -> {
            SnapshotTree tree = new SnapshotTree(snapshot, nodes);
            List<Found.Hit> hits = new ArrayList<>();
            for (byte[] root : roots) {
                tree.find(root).ifPresent(entry -> hits.add(new Found.Hit(root, entry)));
            }
            if (hits.isEmpty()) {
                hits.addAll(Search.list(tree, new byte[] {'/'}, null, PAGE).hits());
            }
            return hits;
        });
    }

    /** The first page of what has such a name. @param name part of one, or a pattern with * and ? */
    Found search(Snapshot snapshot, String name) throws IOException {
        Search.Query query = new Search.Query(new Glob(pattern(name)), Long.MIN_VALUE, Long.MAX_VALUE);
        return read(nodes -> Search.search(new SnapshotTree(snapshot, nodes), new byte[] {'/'}, query, null, PAGE));
    }

    static byte[] pattern(String name) {
        String plain = name.strip().replace("\\", "\\\\");
        boolean pattern = plain.contains("*") || plain.contains("?");
        return (pattern ? plain : "*" + plain + "*").getBytes(StandardCharsets.UTF_8);
    }

    /** What a path was over all snapshots, oldest first. */
    List<Versions.Version> versions(byte[] path) throws IOException {
        try (Machine machine = Machine.open(home)) {
            List<Snapshot> kept = machine.snapshots().kept();
            return read(nodes -> Versions.of(kept, path, nodes));
        }
    }

    /** What shall be brought back. @param paths raw octets @param target folder below which each appears with its path */
    record Order(Snapshot snapshot, List<byte[]> paths, Path target, Overwrite overwrite) {}

    /** Brings back, or only says what would be. */
    RestoreOutcome restore(Order order, boolean dryRun, ProgressListener listener)
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
        T at(NodeSource nodes) throws IOException;
    }

    private <T> T read(Look<T> look) throws IOException {
        try (Machine machine = Machine.open(home);
                Backups backups = machine.toRead();
                ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            return look.at(chunks);
        }
    }
}
