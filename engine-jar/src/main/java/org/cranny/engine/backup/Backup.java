package org.cranny.engine.backup;

import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.UnknownChunkException;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.NotEnoughHostsException;
import org.cranny.engine.placement.Placement;
import org.cranny.engine.segment.SegmentSealer;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.engine.transfer.Hosts;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Backs a machine up: what is new goes to two or more hosts, then central commits the snapshot. A snapshot that is
 * reported exists, can be restored, and every octet of it was on its hosts' disks before.
 *
 * <p>Stopped at any point, the next backup goes on: chunks of packs that are on hosts are not sent again. Without
 * central it goes on with the local master file and is committed later. Memory depends on the number of workers, never
 * on the size of the data. The caller sees to it that one backup of a source runs at a time.
 */
public final class Backup {
    private static final long WITHOUT_A_TURN = 0;
    private static final int READERS = 2;
    private static final int SEALERS = 2;
    private static final int PACKS_AT_ONCE = 2;
    private static final int STOP_SECONDS = 10;

    private final Source source;
    private final Catalogue catalogue;
    private final Hosts hosts;
    private final Map<Long, Host> masterFile;
    private final PublicKey catalogueKey;
    private final PackSource packs;
    private final NextTrees trees;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * @param masterFile the hosts by number
     * @param catalogueKey checks central's countersignature
     * @param packs where tree packs are read from when the local copies are gone
     */
    public Backup(
            Source source,
            Catalogue catalogue,
            Hosts hosts,
            Map<Long, Host> masterFile,
            PublicKey catalogueKey,
            PackSource packs,
            Clock clock,
            SecureRandom random) {
        this.source = source;
        this.catalogue = catalogue;
        this.hosts = hosts;
        this.masterFile = Map.copyOf(masterFile);
        this.catalogueKey = catalogueKey;
        this.packs = packs;
        this.trees = new NextTrees(source, packs, clock);
        this.clock = clock;
        this.random = random;
    }

    /**
     * @throws NotEnoughHostsException when fewer than two hosts can take part
     * @throws IOException when the backup failed; what is on hosts stays there and is used by the next one
     */
    public BackupOutcome run(BackupRequest request, BackupListener listener) throws IOException, InterruptedException {
        return run(request, trees.ofFileSystem(request, listener), listener);
    }

    /**
     * As {@link #run}, of what is handed over instead of a look at the file system.
     *
     * @param request its paths and rules say nothing here
     */
    public BackupOutcome add(BackupRequest request, Additions additions, BackupListener listener)
            throws IOException, InterruptedException {
        return run(request, trees.ofAdditions(additions, listener), listener);
    }

    /**
     * As {@link #run}, of one file whose content comes in, of any length, instead of a look at the file system. The snapshot
     * has this file and nothing else.
     *
     * @param request its one path is where the file is in the snapshot, without a slash at its beginning: see
     *     {@link org.cranny.engine.snapshot.Label#paths()}. Its rules say nothing here
     * @param octets read once; there is no snapshot when reading fails before the end
     */
    public BackupOutcome takeIn(BackupRequest request, InputStream octets, BackupListener listener)
            throws IOException, InterruptedException {
        return run(request, trees.ofStream(request.paths().get(0), octets, listener), listener);
    }

    BackupOutcome run(BackupRequest request, NextTree tree, BackupListener listener)
            throws IOException, InterruptedException {
        if (request.dryRun()) {
            return dryRun(request, tree);
        }
        requireHosts();
        try (Turn turn = Turn.take(catalogue, source, listener)) {
            return persist(request, tree, begin(turn, listener), listener);
        }
    }

    /**
     * Hands over what was stored while central was away, and has it commit the snapshots made then which it takes as they
     * are; makes none. Until then central makes up for no copy that such a snapshot loses. What it does not take waits for
     * the next backup. Does nothing while central is away.
     *
     * @throws IOException when it failed; the next backup tries again
     */
    public void handOver(BackupListener listener) throws IOException, InterruptedException {
        try (Turn turn = Turn.take(catalogue, source, listener)) {
            begin(turn, listener);
        }
    }

    private record Run(Turn turn, Commit commit, Latecomers late, Healing healing) {}

    private Run begin(Turn turn, BackupListener listener) throws IOException, InterruptedException {
        Commit commit = new Commit(source, catalogue, catalogueKey, random);
        Healing healing = new Healing(source, catalogue, pack -> spreadAlone(pack, listener), listener);
        Run run = new Run(turn, commit, new Latecomers(source, commit, packs, healing, listener), healing);
        catchUp(run, listener);
        return run;
    }

    /** What turns out to be missing is sent again, once. */
    private BackupOutcome persist(BackupRequest request, NextTree tree, Run run, BackupListener listener)
            throws IOException, InterruptedException {
        try {
            return attempt(request, tree, run, listener);
        } catch (Commit.PacksGoneException e) {
            listener.notice(e.packs().size() + " packs are gone from their hosts. Their chunks are sent again.");
            run.healing().heal(e.packs());
        } catch (UnknownChunkException e) {
            source.takeNothingForUnchanged();
        }
        run.late().lastTry();
        return attempt(request, tree, run, listener);
    }

    private void requireHosts() throws NotEnoughHostsException {
        int domains = placement().domains();
        if (domains < Placement.FLOOR) {
            throw new NotEnoughHostsException("A backup needs two hosts that take fragments, in two failure domains; "
                    + (domains == 0 ? "there is none" : "there is one")
                    + ". Enroll another host, or wait until one is back: see 'cranny master-file'.");
        }
    }

    private Placement placement() {
        return new Placement(masterFile.values(), source.system().number(), random);
    }

    private void catchUp(Run run, BackupListener listener) throws IOException, InterruptedException {
        Turn turn = run.turn();
        Latecomers late = run.late();
        if (!turn.taken()) {
            return;
        }
        if (!turn.gone().isEmpty()) {
            run.healing().heal(turn.gone());
        }
        source.epoch(turn.epoch());
        handOverLeft(listener);
        if (catalogue.countersigns()) {
            late.commit();
        }
        long known = source.snapshots()
                .newest()
                .map(each -> each.manifest().version())
                .orElse(0L);
        if (turn.version() > known && !late.any()) {
            run.commit().adopt();
        }
        source.snapshots().forget(turn.forgotten());
        if (!late.any()) {
            source.giveUp();
        }
    }

    /** Packs that an earlier run left, and whose receipts central does not believe any more, are sent again. */
    private void handOverLeft(BackupListener listener) throws IOException {
        List<FragmentId> refused = new Registrar(catalogue, source.holdings()).handOverWhatIsBelieved();
        if (!refused.isEmpty()) {
            listener.notice("Central does not count " + refused.size() + " packs that were stored while it was away,"
                    + " because their hosts' receipts are not good any more. Their chunks are sent again.");
            source.lost(refused);
        }
    }

    private BackupOutcome attempt(BackupRequest request, NextTree tree, Run run, BackupListener listener)
            throws IOException, InterruptedException {
        Turn turn = run.turn();
        Commit commit = run.commit();
        Instant started = clock.instant();
        List<IndexEntry> left = source.resume();
        Redundancy redundancy = redundancy(request);
        Totals totals;
        ChunkId root;
        NewContent content;
        NextSet nextSet = new NextSet(source, packs, listener);
        ExecutorService readers = pool("reader", jobs(request, READERS));
        ExecutorService sealers = pool("sealer", jobs(request, SEALERS));
        ExecutorService packSenders = pool("packs", PACKS_AT_ONCE);
        ExecutorService senders = Executors.newCachedThreadPool(task -> daemonThread(task, "sender"));
        Registrar registrar = new Registrar(catalogue, source.holdings());
        Encounters encounters = new Encounters(clock);
        Spread spread = new Spread(placement(), hosts, senders, encounters, listener);
        Outgoing outgoing = new Outgoing(
                source,
                spread,
                redundancy,
                packSenders,
                registrar,
                pack -> keep(pack, turn.taken(), listener),
                listener);
        try (SegmentSealer sealer = new SegmentSealer(request.compression());
                Packing packing = new Packing(source, sealer, sealers, jobs(request, SEALERS), outgoing, random)) {
            for (IndexEntry entry : left) {
                packing.resume(entry);
            }
            NextTree.Made made = tree.make(packing, readers);
            totals = made.totals();
            root = made.root();
            packing.settleContent();
            content = packing.content();
            nextSet.look(root, packing);
            packing.finish(PackClass.INDEX);
            packing.settleAll();
        } finally {
            stop(List.of(packSenders, senders, sealers, readers));
            if (turn.taken()) {
                encounters.tell(catalogue);
            }
        }
        source.sync();
        boolean central = turn.taken() && handedOver(registrar, listener);
        if (central && run.late().any()) {
            run.late().signAgain(turn.epoch());
            nextSet.lookAgain(root);
        }
        Signed manifest = commit.sign(
                new Commit.Scanned(
                        root.bytes(),
                        totals.files(),
                        totals.bytes(),
                        started,
                        clock.instant(),
                        request.label(),
                        central ? turn.epoch() : WITHOUT_A_TURN),
                nextSet.change());
        Snapshot snapshot = central ? commit.commitOrKeep(manifest, content, listener) : commit.keep(manifest);
        source.settle();
        signpost(snapshot, redundancy, listener);
        return outcome(snapshot, totals);
    }

    /** After the snapshot is made; nothing that fails here undoes it. */
    private void signpost(Snapshot snapshot, Redundancy redundancy, BackupListener listener)
            throws InterruptedException {
        Optional<String> masterFile = catalogue.hostsForSignposts();
        if (masterFile.isPresent()) {
            ExecutorService senders = Executors.newCachedThreadPool(task -> daemonThread(task, "signpost"));
            try {
                Spread spread = new Spread(placement(), hosts, senders, new Encounters(clock), listener);
                new Signposting(source, spread, redundancy, random).put(snapshot, masterFile.get(), listener);
            } finally {
                stop(List.of(senders));
            }
        }
    }

    /** Puts a pack on hosts that is none of those which a run sends. */
    private List<Holding.Fragment> spreadAlone(SpooledPack pack, BackupListener listener)
            throws IOException, InterruptedException {
        ExecutorService senders = Executors.newCachedThreadPool(task -> daemonThread(task, "sender"));
        try {
            return new Spread(placement(), hosts, senders, new Encounters(clock), listener).spread(pack);
        } finally {
            stop(List.of(senders));
        }
    }

    private Redundancy redundancy(BackupRequest request) {
        return request.copies() > 0
                ? Redundancy.copies(request.copies())
                : Redundancy.forHosts(
                        (int) masterFile.values().stream().filter(Host::accepts).count());
    }

    /** Whether central knows all that the snapshot needs; when it went away, the snapshot is one without a turn. */
    private static boolean handedOver(Registrar registrar, BackupListener listener) throws IOException {
        try {
            registrar.handOver();
            return true;
        } catch (CatalogueAwayException e) {
            listener.notice(Commit.LATER);
            return false;
        }
    }

    /** Tree and index packs stay here and get a copy at central. */
    private void keep(SpooledPack pack, boolean central, BackupListener listener) throws IOException {
        source.packs().keep(pack.entry().pack(), pack.file());
        if (central) {
            try {
                catalogue.keepPack(
                        pack.entry().pack(), source.packs().file(pack.entry().pack()));
            } catch (CatalogueAwayException e) {
                listener.notice("Central has no copy of a tree pack yet; its hosts have it.");
            }
        }
    }

    private BackupOutcome dryRun(BackupRequest request, NextTree tree) throws IOException, InterruptedException {
        ExecutorService readers = pool("reader", jobs(request, READERS));
        try {
            Counting counting = new Counting(source.index());
            Totals totals = tree.make(counting, readers).totals();
            return new BackupOutcome(
                    null, 0, totals.files(), totals.bytes(), counting.newBytes(), 0, 0, 0, totals.unreadCount(), false);
        } finally {
            readers.shutdownNow();
        }
    }

    private BackupOutcome outcome(Snapshot snapshot, Totals totals) {
        List<PackEntry> added = snapshot.manifest().added();
        int copies = added.stream()
                .mapToInt(pack -> source.holdings()
                        .of(pack.pack())
                        .map(Holding::fragments)
                        .orElse(List.of())
                        .size())
                .min()
                .orElse(Placement.FLOOR);
        return new BackupOutcome(
                snapshot.id(),
                snapshot.manifest().version(),
                totals.files(),
                totals.bytes(),
                0,
                snapshot.manifest().storedBytes(),
                added.size(),
                copies,
                totals.unreadCount(),
                snapshot.committed() != null || !catalogue.countersigns());
    }

    /** Returns when no thread works for this backup any more, so that nothing touches the source after it. */
    private static void stop(List<ExecutorService> pools) throws InterruptedException {
        pools.forEach(ExecutorService::shutdownNow);
        for (ExecutorService pool : pools) {
            pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static int jobs(BackupRequest request, int usual) {
        return request.jobs() > 0 ? request.jobs() : usual;
    }

    private static ExecutorService pool(String name, int threads) {
        return Executors.newFixedThreadPool(threads, task -> daemonThread(task, name));
    }

    private static Thread daemonThread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
