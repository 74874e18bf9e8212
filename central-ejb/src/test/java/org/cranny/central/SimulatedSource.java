package org.cranny.central;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.engine.backup.Backup;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.Catalogue;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.Reading;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.placement.Places;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.rebuild.Rebuilt;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.LocalPacks;
import org.cranny.engine.source.Records;
import org.cranny.engine.source.Source;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.custody.Finding;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * A machine with files that change, which backs up with the real engine. It remembers every tree that it tried to back up;
 * the file {@code attempt} in each says which one it is.
 */
final class SimulatedSource {
    private static final int LARGEST_FILE = 150_000;
    private static final int MOST_FILES = 10;

    private final Simulation realm;
    private final TestMachine machine;
    private final Path folder;
    private final MachineIdentity identity;
    private final KeyRing keys;
    private final SecureRandom secure;
    private final List<Map<String, byte[]>> attempts = new ArrayList<>();

    /** Snapshots that were reported done, by id, and which attempt each was. */
    final Map<String, Integer> done = new HashMap<>();

    private Source source;
    private CommitRequest lastCommit;
    private int restores;

    SimulatedSource(Simulation realm, String name, Path folder, Random random) throws Exception {
        this.realm = realm;
        this.folder = folder;
        machine = new TestMachine(name);
        Enrolled enrolled =
                realm.bench.central.enrollments.enroll(machine.enrollment(realm.bench.token(1, "source"), "source"));
        machine.id = new SystemId(realm.bench.central.authority.realm(), enrolled.system());
        identity = new MachineIdentity(machine.id, machine.keys.getPrivate(), certificates(enrolled));
        secure = SecureRandom.getInstance("SHA1PRNG");
        secure.setSeed(random.nextLong());
        keys = KeyRing.create(machine.id, secure);
        Files.createDirectories(data());
        open();
    }

    private void open() throws IOException {
        source = Source.open(folder.resolve("home"), identity, keys);
    }

    private static List<X509Certificate> certificates(Enrolled enrolled) throws CertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (String pem : enrolled.certificates()) {
            chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        }
        return chain;
    }

    private Path data() {
        return folder.resolve("data");
    }

    long number() {
        return machine.id.number();
    }

    // ---- what it does

    /** Makes, changes and deletes some files, and says in one of them which attempt comes next. */
    void change(Random random) throws IOException {
        for (int i = random.nextInt(4); i >= 0; i--) {
            Path file = data().resolve("f" + random.nextInt(MOST_FILES));
            if (random.nextInt(4) == 0) {
                Files.deleteIfExists(file);
            } else {
                byte[] octets = new byte[random.nextInt(LARGEST_FILE)];
                random.nextBytes(octets);
                Files.write(file, octets);
            }
        }
        attempt();
    }

    /** Makes one more file. */
    void add(Random random) throws IOException {
        byte[] octets = new byte[LARGEST_FILE / 2 + random.nextInt(LARGEST_FILE / 2)];
        random.nextBytes(octets);
        Files.write(data().resolve("new" + attempts.size()), octets);
        attempt();
    }

    private void attempt() throws IOException {
        Files.writeString(data().resolve("attempt"), Integer.toString(attempts.size()));
        attempts.add(tree(data()));
    }

    /** Puts other octets into every file. */
    void encrypt(Random random) throws IOException {
        for (String name : tree(data()).keySet()) {
            byte[] octets = new byte[(int) Files.size(data().resolve(name))];
            random.nextBytes(octets);
            Files.write(data().resolve(name), octets);
        }
        attempt();
    }

    /** @param fault what goes wrong on the way @return whether it was reported done */
    boolean backUp(Fault fault) throws Exception {
        learn();
        Outside outside = new Outside(fault);
        Backup backup = new Backup(
                source,
                outside,
                outside,
                realm.listed(),
                realmKeys().catalogue(),
                packs(outside),
                realm.bench.clock,
                secure);
        try {
            BackupOutcome outcome = backup.run(
                    new BackupRequest(List.of(PathBytes.of(data())), machine.name, List.of(), false).withJobs(1),
                    BackupListener.SILENT);
            if (outside.isDead()) {
                throw new AssertionError("a backup of a process that died was reported done");
            }
            if (outcome.committed()) {
                done.put(outcome.snapshot(), attempts.size() - 1);
            }
            return outcome.committed();
        } catch (IOException | RuntimeException | Error failed) {
            if (fault == Fault.NONE && realm.up().size() >= realm.hosts.size() - 1
                    || failed instanceof AssertionError) {
                throw failed;
            }
            return false;
        } finally {
            if (outside.isDead()) {
                open();
            }
        }
    }

    /** Restores one of the snapshots that are kept, and compares it; all of it has to come when it can. */
    void restore(Random random) throws Exception {
        learn();
        List<Snapshot> kept = source.snapshots().kept();
        if (!kept.isEmpty()) {
            restore(kept.get(random.nextInt(kept.size())));
        }
    }

    void restoreAll() throws Exception {
        learn();
        for (Snapshot snapshot : source.snapshots().kept()) {
            restore(snapshot);
        }
    }

    /** Restores these, each whole. @param snapshots ids */
    void restoreEach(Set<String> snapshots) throws Exception {
        learn();
        if (!realm.isEverythingReachable(number())) {
            throw new AssertionError("some packs are at no host");
        }
        for (String id : snapshots) {
            restore(source.snapshots().list().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the source knows no snapshot " + id)));
        }
    }

    private void restore(Snapshot snapshot) throws Exception {
        boolean possible = realm.isEverythingReachable(number());
        Path target = folder.resolve("restored-" + restores++);
        RestoreRequest request =
                new RestoreRequest(snapshot, List.of(), target, Overwrite.REFUSE, false, TargetRules.FAITHFUL);
        RestoreOutcome outcome;
        try {
            outcome = new Restore(source, packs(new Outside(Fault.NONE))).run(request, RestoreListener.SILENT);
        } catch (IOException failed) {
            if (possible) {
                throw failed;
            }
            return;
        }
        if (possible && outcome.failed() > 0) {
            throw new AssertionError(outcome.failed() + " files of " + snapshot.shortId() + " are lost");
        }
        compare(snapshot, tree(target.resolve(folder.getRoot().relativize(data()))), outcome.failed() == 0);
        realm.tell(this);
    }

    private void compare(Snapshot snapshot, Map<String, byte[]> restored, boolean whole) {
        byte[] named = restored.get("attempt");
        if (named == null && !whole) {
            return;
        }
        int attempt = Integer.parseInt(new String(named, StandardCharsets.US_ASCII));
        Integer reported = done.get(snapshot.id());
        if (reported != null && reported != attempt) {
            throw new AssertionError(snapshot.shortId() + " is attempt " + attempt + ", reported as " + reported);
        }
        Map<String, byte[]> wanted = attempts.get(attempt);
        if (whole && !wanted.keySet().equals(restored.keySet())) {
            throw new AssertionError(restored.keySet() + " instead of " + wanted.keySet());
        }
        restored.forEach((name, octets) -> {
            if (!Arrays.equals(octets, wanted.get(name)) && (whole || octets.length > 0)) {
                throw new AssertionError(name + " of " + snapshot.shortId() + " has other octets");
            }
        });
    }

    void write(String name, byte[] octets) throws IOException {
        Files.write(data().resolve(name), octets);
    }

    void delete(String name) throws IOException {
        Files.delete(data().resolve(name));
    }

    Snapshot newest() throws IOException {
        return source.snapshots().newest().orElseThrow();
    }

    Map<FragmentId, PackEntry> packSet(Snapshot snapshot) throws IOException {
        return source.snapshots().packSet(snapshot);
    }

    /** What can be restored of a snapshot, name by name. */
    Map<String, ByteBuffer> restored(Snapshot snapshot) throws Exception {
        learn();
        return restored(snapshot, source);
    }

    /** As {@link #restored}, by somebody who has the keys and what central remembers. */
    Map<String, ByteBuffer> restoredElsewhere(Snapshot snapshot) throws Exception {
        Outside outside = new Outside(Fault.NONE);
        Rebuilt.Order order = new Rebuilt.Order(
                folder.resolve("rebuilt-" + restores),
                machine.id,
                List.of(machine.keys.getPublic()),
                keys,
                LocalPacks.in(folder.resolve("none")));
        Remembered central = new Remembered() {
            @Override
            public List<SnapshotLine> snapshots(long afterVersion) throws IOException {
                return outside.snapshots(afterVersion);
            }

            @Override
            public Placements placements(String after, int limit) {
                return realm.bench.central.custody.page(machine.id, after, limit);
            }

            @Override
            public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
                return outside.readPack(pack, offset, length);
            }
        };
        Rebuilt.rebuild(
                order,
                central,
                holdings -> new HostPacks(holdings, realm.listed(), outside, (host, pack, reason) -> {}),
                RebuildListener.SILENT);
        try (Rebuilt rebuilt = Rebuilt.open(order)) {
            return restored(snapshot, rebuilt);
        }
    }

    private Map<String, ByteBuffer> restored(Snapshot snapshot, Records records) throws Exception {
        Path target = folder.resolve("restored-" + restores++);
        RestoreRequest request =
                new RestoreRequest(snapshot, List.of(), target, Overwrite.REFUSE, false, TargetRules.FAITHFUL);
        HostPacks packs =
                new HostPacks(records.holdings(), realm.listed(), new Outside(Fault.NONE), (host, pack, reason) -> {});
        new Restore(records, packs).run(request, RestoreListener.SILENT);
        Map<String, ByteBuffer> restored = new TreeMap<>();
        tree(target.resolve(folder.getRoot().relativize(data())))
                .forEach((name, octets) -> restored.put(name, ByteBuffer.wrap(octets)));
        return restored;
    }

    /** Reads all that its snapshots need. */
    CheckOutcome check() throws Exception {
        learn();
        Outside outside = new Outside(Fault.NONE);
        return new Check(source, outside, realm.listed(), packs(outside), secure, this::learn)
                .run(source.snapshots().kept(), new Reading(1, true), CheckListener.SILENT);
    }

    /** Says again what it said before: nothing may change. */
    void repeat() throws IOException {
        if (lastCommit != null) {
            realm.bench.central.snapshots.commit(machine.id, lastCommit);
        }
        realm.bench.central.custody.register(machine.id, realm.bench.central.custody.page(machine.id, null, 1_000));
    }

    Set<String> kept() throws IOException {
        return source.snapshots().kept().stream().map(Snapshot::id).collect(Collectors.toSet());
    }

    /** Tells central which copies it found wrong. */
    void complain(String fragment, long host) {
        realm.bench.central.complaints.hear(
                machine.id, new Findings(List.of(new Finding(fragment, host, "the octets are wrong"))));
    }

    /** Says of every copy of all it has that it is wrong. */
    void complainOfEverything() throws IOException {
        for (Placement placement : placements()) {
            for (TestMachine host : realm.hosts) {
                complain(placement.pack(), host.id.number());
            }
        }
    }

    List<Placement> placements() {
        return realm.bench.central.custody.page(machine.id, null, 1_000).packs();
    }

    /** What central moved, as the backup application asks before it works. */
    private void learn() throws IOException {
        if (!source.knowsHolders()) {
            for (Placement placement : placements()) {
                source.holdings().learn(Places.of(placement), true);
            }
            source.holdings().sync();
        }
        MovedPlacements moved = realm.bench.central.custody.moved(machine.id, source.moves(), 1_000);
        for (Placement placement : moved.packs()) {
            source.holdings().move(Places.of(placement));
        }
        source.moves(moved.cursor());
    }

    private HostPacks packs(Outside outside) throws IOException {
        return new HostPacks(source.holdings(), realm.listed(), outside, (host, pack, reason) -> {});
    }

    private RealmKeys realmKeys() {
        try {
            return RealmKeys.open(
                    Signed.parse(realm.bench.central.authority.realmKeys()),
                    realm.bench.central.authority.certificate().getPublicKey());
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> tree(Path root) throws IOException {
        Map<String, byte[]> tree = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.list(root)) {
                for (Path file : files.toList()) {
                    tree.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return tree;
    }

    /** What goes wrong with a backup. */
    enum Fault {
        NONE,
        /** The host that takes a fragment goes down with it, before or after it is kept. */
        HOST_DIES,
        /** Central does something, and the answer never comes; nor does any other of this backup. */
        CENTRAL_AWAY,
        /** The process ends between two calls; what a call did stays done. */
        SOURCE_DIES
    }

    /** The process is gone: nothing that it does has any effect. */
    private static final class Gone extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Hosts and central as one backup sees them, with a fault at one of its calls. */
    private final class Outside implements Catalogue, Hosts {
        private final Fault fault;
        private final boolean afterwards;
        private int left;
        private boolean dead;
        private boolean centralAway;

        Outside(Fault fault) {
            this.fault = fault;
            left = 1 + realm.random.nextInt(12);
            afterwards = realm.random.nextBoolean();
        }

        synchronized boolean isDead() {
            return dead;
        }

        private interface Call<T> {
            T make() throws IOException;
        }

        private synchronized <T> T call(Fault mine, Call<T> call) throws IOException {
            if (dead) {
                throw new Gone();
            }
            boolean now = (fault == Fault.SOURCE_DIES || fault == mine) && --left == 0;
            if (!now || fault == Fault.HOST_DIES) {
                return call.make();
            }
            if (afterwards) {
                call.make();
            }
            if (fault == Fault.SOURCE_DIES) {
                dead = true;
                throw new Gone();
            }
            centralAway = true;
            throw new CatalogueAwayException("central is away", null);
        }

        private <T> T central(Call<T> call) throws IOException {
            synchronized (this) {
                if (centralAway) {
                    throw new CatalogueAwayException("central is away", null);
                }
            }
            return call(Fault.CENTRAL_AWAY, call);
        }

        private synchronized boolean isLast() {
            return fault == Fault.HOST_DIES && --left == 0;
        }

        @Override
        public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
            try {
                return call(Fault.HOST_DIES, () -> keep(host, fragment, octets));
            } catch (TransferException e) {
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Signed keep(Host host, FragmentId fragment, Path octets) throws IOException {
            realm.requireUp(host);
            boolean dies = isLast();
            if (!dies || afterwards) {
                byte[] all = Files.readAllBytes(octets);
                if (!FragmentHasher.of(all).equals(fragment)) {
                    throw new AssertionError("a fragment came under a wrong name");
                }
                realm.keep(host.id(), fragment, all);
            }
            if (dies) {
                realm.stop(host.id());
                realm.requireUp(host);
            }
            TestMachine keeper = realm.machine(host.id());
            return new Receipt(keeper.id, machine.id, fragment, Files.size(octets), realm.bench.clock.instant())
                    .sign(keeper.keys.getPrivate());
        }

        @Override
        public byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException {
            realm.requireUp(host);
            byte[] all = realm.octets(host.id(), fragment)
                    .orElseThrow(() -> new TransferException(Reason.MISSING, host.id(), "it is not there", null));
            return Arrays.copyOfRange(all, (int) offset, (int) offset + length);
        }

        @Override
        public List<Spot> prove(Host host, List<Probe> probes) throws TransferException {
            realm.requireUp(host);
            return probes.stream().map(probe -> spot(host, probe.fragment())).toList();
        }

        private Spot spot(Host host, FragmentId fragment) {
            Optional<byte[]> all = realm.octets(host.id(), fragment);
            if (all.isEmpty()) {
                return new Spot(fragment, Verdict.MISSING, new byte[0]);
            }
            return FragmentHasher.of(all.get()).equals(fragment)
                    ? new Spot(
                            fragment,
                            Verdict.PROVEN,
                            Arrays.copyOf(all.get(), LeafHashes.leafLength(all.get().length, 0)))
                    : new Spot(fragment, Verdict.WRONG, new byte[0]);
        }

        @Override
        public Lease lease(long lastEpoch, String attempt) throws IOException {
            return central(() -> realm.bench.central.leases.take(machine.id, new LeaseRequest(lastEpoch, attempt)));
        }

        @Override
        public Lease renew(long epoch) throws IOException {
            return central(() -> realm.bench.central.leases.renew(machine.id, epoch));
        }

        @Override
        public void release(long epoch) throws IOException {
            central(() -> {
                realm.bench.central.leases.release(machine.id, epoch);
                return null;
            });
        }

        @Override
        public Registered register(Placements batch) throws IOException {
            return central(() -> realm.bench.central.custody.register(machine.id, batch));
        }

        @Override
        public void keepPack(FragmentId pack, Path octets) throws IOException {
            byte[] all = Files.readAllBytes(octets);
            central(() -> realm.bench.central.packCopies.put(machine.id, pack, new ByteArrayInputStream(all)));
        }

        @Override
        public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
            return central(() -> {
                byte[] all = Files.readAllBytes(realm.bench
                        .central
                        .packCopies
                        .find(machine.id, pack)
                        .orElseThrow(() -> new IOException("central has no such pack")));
                return Arrays.copyOfRange(all, (int) offset, (int) offset + length);
            });
        }

        @Override
        public CommitAnswer commit(CommitRequest request) throws IOException {
            return central(() -> {
                CommitAnswer answer = realm.bench
                        .central
                        .snapshots
                        .commit(machine.id, request)
                        .answer();
                lastCommit = request;
                return answer;
            });
        }

        @Override
        public List<SnapshotLine> snapshots(long afterVersion) throws IOException {
            return central(() -> realm.bench.central.snapshots.list(machine.id, afterVersion));
        }

        @Override
        public void saw(List<Seen> looks) {
            // What sources saw is the rating's affair.
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }
}
