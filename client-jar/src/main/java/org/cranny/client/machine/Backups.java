package org.cranny.client.machine;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.client.home.HomeException;
import org.cranny.client.home.HomeLock;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.ArchiveOutcome;
import org.cranny.engine.backup.Backup;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.TrialRestore;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.retention.Forgetting;
import org.cranny.engine.retention.Graces;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.protocol.masterfile.Host;

/**
 * The backups of a machine, open for work: the engine's knowledge in the home, and the hosts. Holds the home's lock
 * until it is closed.
 */
public final class Backups implements AutoCloseable {
    private final Machine machine;
    private final HomeLock lock;
    private final Source source;
    private final HttpHosts transfer;
    private final List<Host> hosts;
    private final Complaints complaints;
    private final OwnRestores restores;

    /** Where the hosts are read from, once the lock is held. */
    interface HostList {
        List<Host> read() throws IOException;
    }

    private Backups(Machine machine, HomeLock lock, Source source, List<Host> hosts, Limits limits) {
        this.machine = machine;
        this.lock = lock;
        this.source = source;
        this.hosts = hosts;
        this.complaints = new Complaints(machine);
        this.restores = new OwnRestores(machine, Clock.systemUTC());
        this.transfer = new HttpHosts(source.identity(), new NewestAllotment(machine.home())::text, limits);
    }

    /** Takes the lock over and lets go of it when opening fails. */
    static Backups open(Machine machine, HomeLock lock, HostList hosts, Limits limits) throws IOException {
        try {
            List<Host> listed = hosts.read();
            Source source = Source.open(
                    machine.home().folder(),
                    machine.identity(),
                    machine.rereadKeyRing(),
                    machine.home().formerKeys());
            return new Backups(machine, lock, source, listed, limits);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public Source source() {
        return source;
    }

    /** From the master file that was newest when this was opened. */
    public List<Host> hosts() {
        return hosts;
    }

    /** The packs on hosts; copies that turn out to be damaged are remembered. @param trouble hears which host failed and why */
    public HostPacks packs(HostPacks.Trouble trouble) {
        return new HostPacks(source.holdings(), byNumber(), transfer, complaints.beside(trouble));
    }

    public Backup backup(HostPacks.Trouble trouble) throws IOException {
        Moves.learn(source, machine, true);
        tell();
        return new Backup(
                source,
                machine.catalogue(),
                transfer,
                byNumber(),
                machine.realmKeys().catalogue(),
                packs(trouble),
                Clock.systemUTC(),
                new SecureRandom());
    }

    /**
     * Brings files back. Unless it is a dry run, central's log hears of it, however it ends, now or with the next
     * {@link #tell()}.
     *
     * @param trouble hears which host failed and why
     */
    public RestoreOutcome restore(RestoreRequest request, HostPacks.Trouble trouble, RestoreListener listener)
            throws IOException, InterruptedException {
        Moves.learn(source, machine, false);
        source.snapshots().requireKept(request.snapshot());
        Restore restore = new Restore(source, packs(trouble));
        if (request.dryRun()) {
            return restore.run(request, listener);
        }
        OwnRestores.Running running = restores.begin(request.snapshot());
        RestoreOutcome outcome = null;
        try {
            outcome = restore.run(request, listener);
            return outcome;
        } finally {
            restores.end(running, outcome);
        }
    }

    /** Content of a snapshot's files, for somebody who writes them. Central's log hears of it as of a restore. */
    public Giving give(Snapshot snapshot) throws IOException {
        Moves.learn(source, machine, false);
        return new Giving(source.snapshots().requireKept(snapshot));
    }

    /** Content on its way to somebody else. */
    public final class Giving implements AutoCloseable {
        private final Snapshot snapshot;
        private final Archive archive = new Archive(source, packs((host, pack, reason) -> {}));
        private final OwnRestores.Running running;
        private boolean brokeOff;
        private long files;
        private long bytes;
        private long failed;

        private Giving(Snapshot snapshot) {
            this.snapshot = snapshot;
            running = restores.begin(snapshot);
        }

        public Snapshot snapshot() {
            return snapshot;
        }

        /** @param paths absolute, raw octets, of files */
        public void contents(List<byte[]> paths, ContentSink sink) throws IOException {
            brokeOff = true;
            ArchiveOutcome outcome = archive.contents(snapshot, paths, sink);
            brokeOff = false;
            files += outcome.files();
            bytes += outcome.bytes();
            failed += outcome.failed();
        }

        @Override
        public void close() {
            restores.end(
                    running, brokeOff ? null : new RestoreOutcome(files, bytes, 0, 0, bytes, failed, 0, List.of()));
        }
    }

    /** From now on {@link Source#snapshots()} knows which of them central has given up. */
    public Check check(HostPacks.Trouble trouble) throws IOException {
        Moves.learn(source, machine, false);
        return new Check(
                source,
                transfer,
                byNumber(),
                packs(trouble),
                new SecureRandom(),
                () -> Moves.learn(source, machine, false));
    }

    /** As {@link #check}. Puts files into {@link org.cranny.client.home.Home#trialRestore()} and takes them away again. */
    public TrialRestore trialRestore(HostPacks.Trouble trouble) throws IOException {
        Moves.learn(source, machine, false);
        return new TrialRestore(source, packs(trouble), new SecureRandom());
    }

    /** As {@link #tell()}, with what a check found. */
    public int tell(CheckOutcome outcome) {
        outcome.findings().stream()
                .filter(finding -> finding.damage() && finding.host() > 0 && finding.pack() != null)
                .forEach(finding -> complaints.add(finding.pack(), finding.host(), String.valueOf(finding.reason())));
        return tell();
    }

    /** Forgetting by this machine itself, in a realm without central. @throws HomeException where central does it */
    public Forgetting forgetting(Graces graces) throws IOException {
        if (machine.configuration().hasCentral()) {
            throw new HomeException(
                    "Central forgets this machine's snapshots, by policy: see 'cranny admin retention'.");
        }
        return Forgetting.of(source, transfer, byNumber(), graces, Clock.systemUTC());
    }

    /**
     * Tells central which copies turned out to be missing or wrong, so that others are made, and which restores were made
     * here, for its log. While central is away both are kept in the home, and told with the next restore, check or backup;
     * a realm that has no central has nobody to tell. Never fails.
     *
     * @return how many copies count no more, 0 when nobody was told
     */
    public int tell() {
        restores.tell();
        return complaints.tell();
    }

    private Map<Long, Host> byNumber() {
        return hosts.stream().collect(Collectors.toMap(Host::id, Function.identity()));
    }

    @Override
    public void close() throws IOException {
        try (lock;
                source;
                transfer) {
            complaints.keep();
        }
    }
}
