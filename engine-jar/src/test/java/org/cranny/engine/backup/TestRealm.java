package org.cranny.engine.backup;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.engine.transfer.HostLists;
import org.cranny.engine.transfer.HostTrash;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.snapshot.VersionRange;
import org.cranny.protocol.tls.MachineIdentity;

/** A realm in one folder: a central that keeps its promises, and hosts that are folders and can be broken at will. */
final class TestRealm implements Catalogue, Hosts, HostTrash, HostLists, Remembered {
    private final Path folder;
    private final KeyPair machine;
    private final KeyPair catalogueKey = ed25519();
    private final RealmId realm;
    private final Map<Long, Host> hosts = new TreeMap<>();
    private final Set<Long> away = ConcurrentHashMap.newKeySet();
    private final Set<Long> silentAboutLosses = ConcurrentHashMap.newKeySet();
    private final Set<Long> full = ConcurrentHashMap.newKeySet();
    private final Set<String> registered = new ConcurrentSkipListSet<>();
    private final Set<String> packSet = new ConcurrentSkipListSet<>();
    private final List<SnapshotLine> committed = new ArrayList<>();
    final AtomicLong bytesRead = new AtomicLong();
    final AtomicLong bytesPut = new AtomicLong();
    final Map<Long, AtomicLong> readsByHost = new ConcurrentHashMap<>();
    final List<Seen> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
    final Set<String> gone = new ConcurrentSkipListSet<>();
    final List<VersionRange> forgotten = new java.util.concurrent.CopyOnWriteArrayList<>();
    volatile boolean centralAway;
    volatile boolean refuseCommits;

    /** What the newest commit said is new. */
    volatile NewContent lastContent;

    volatile boolean trashIsRipe;
    volatile long commitsUntilAway = Long.MAX_VALUE;
    final Set<String> refusedReceipts = new ConcurrentSkipListSet<>();
    volatile boolean centralHasNoPacks;
    private final ConcurrentSkipListMap<String, Placement> placements = new ConcurrentSkipListMap<>();
    /** Hosts that send other octets than they keep. */
    final Map<Long, Lie> liars = new ConcurrentHashMap<>();

    /** Hosts that send another fragment of the same source, whole and unharmed, for the one that is asked for. */
    final Set<Long> swappers = ConcurrentHashMap.newKeySet();

    /** What central throws for every pack that it is to keep; null for nothing. */
    volatile Error keepsThrow;

    volatile boolean refuseKeeps;

    volatile long killHostAfterPuts = Long.MAX_VALUE;
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong readsLeft = new AtomicLong(Long.MAX_VALUE);
    private long epoch;

    TestRealm(Path folder, int hostCount) throws IOException {
        this(folder, hostCount, random());
    }

    /** @param random draws the key of the source, and of all hosts */
    TestRealm(Path folder, int hostCount, SecureRandom random) throws IOException {
        this.folder = folder;
        machine = p256(random);
        realm = RealmId.of(machine.getPublic());
        for (long id : LongStream.rangeClosed(2, hostCount + 1L).toArray()) {
            Files.createDirectories(folder.resolve("host" + id));
            hosts.put(id, host(id));
        }
    }

    /** A host that takes whatever comes. */
    static Host host(long id) {
        return new Host(
                id,
                "ws-" + id,
                "https://127.0.0.1:1",
                1L << 40,
                1L << 40,
                1,
                "always",
                "host:" + id,
                Host.State.ACCEPTING);
    }

    Map<Long, Host> masterFile() {
        return hosts;
    }

    MachineIdentity identity() {
        return new MachineIdentity(new SystemId(realm, 17), machine.getPrivate(), List.of(certificate(machine)));
    }

    /** Signed by itself; good in this century. */
    static X509Certificate certificate(KeyPair machine) {
        try {
            X500Name name = new X500Name("CN=test");
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(Instant.EPOCH),
                                    Date.from(Instant.parse("2100-01-01T00:00:00Z")),
                                    name,
                                    machine.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(machine.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    java.security.PublicKey catalogueKey() {
        return catalogueKey.getPublic();
    }

    // ---- breaking things

    void kill(long host) {
        away.add(host);
    }

    void revive(long host) {
        away.remove(host);
    }

    /** The host that is to take the n-th pack from now on dies. */
    void killAfterPuts(long count) {
        killHostAfterPuts = puts.get() + count;
    }

    void neverKill() {
        killHostAfterPuts = Long.MAX_VALUE;
    }

    /** So many reads go well, and none after them. */
    void failReadsAfter(long count) {
        readsLeft.set(count);
    }

    void heal() {
        away.clear();
        full.clear();
    }

    void fill(long host) {
        full.add(host);
    }

    List<Path> fragments(long host) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("host" + host))) {
            return files.sorted().toList();
        }
    }

    Path folder(long host) {
        return folder.resolve("host" + host);
    }

    // ---- hosts

    @Override
    public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
        requireAwake(host);
        if (puts.incrementAndGet() == killHostAfterPuts) {
            kill(host.id());
            throw new TransferException(Reason.AWAY, host.id(), host.name() + " died", new java.net.SocketException());
        }
        if (full.contains(host.id())) {
            throw new TransferException(Reason.FULL, host.id(), host.name() + " is full", null);
        }
        try {
            byte[] bytes = Files.readAllBytes(octets);
            if (!FragmentHasher.of(bytes).equals(fragment)) {
                throw new TransferException(Reason.WRONG, host.id(), "wrong hash", null);
            }
            Files.write(folder(host.id()).resolve(fragment.toString()), bytes);
            bytesPut.addAndGet(bytes.length);
            SystemId system = new SystemId(realm, host.id());
            return new Receipt(system, new SystemId(realm, 17), fragment, bytes.length, Instant.now())
                    .sign(machine.getPrivate());
        } catch (TransferException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException {
        requireAwake(host);
        if (readsLeft.decrementAndGet() < 0) {
            throw new TransferException(Reason.AWAY, host.id(), host.name() + " went away", null);
        }
        Path file = folder(host.id()).resolve(fragment.toString());
        if (!Files.exists(file)) {
            throw new TransferException(Reason.MISSING, host.id(), host.name() + " has no such fragment", null);
        }
        try {
            byte[] all = Files.readAllBytes(swappers.contains(host.id()) ? other(file, offset + length) : file);
            bytesRead.addAndGet(length);
            readsByHost.computeIfAbsent(host.id(), id -> new AtomicLong()).addAndGet(length);
            Lie lie = liars.get(host.id());
            return lie == null
                    ? java.util.Arrays.copyOfRange(all, (int) offset, (int) offset + length)
                    : lie.instead(all, (int) offset, length);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another fragment of the host that is as long, or else long enough, the oldest of them; the same when there is none. */
    private static Path other(Path file, long least) throws IOException {
        long length = Files.size(file);
        try (Stream<Path> all = Files.list(file.getParent())) {
            return all.filter(each -> !each.equals(file) && each.toFile().length() >= least)
                    .min(Comparator.comparing((Path each) -> each.toFile().length() != length)
                            .thenComparing(each -> each.toFile().lastModified()))
                    .orElse(file);
        }
    }

    /** From now on the host refuses to prove anything together with a fragment that it lost. */
    void refuseToProveLosses(long host) {
        silentAboutLosses.add(host);
    }

    @Override
    public List<Spot> prove(Host host, List<Probe> probes) throws TransferException {
        requireAwake(host);
        if (silentAboutLosses.contains(host.id())
                && probes.stream().anyMatch(probe -> spot(host, probe).verdict() != Verdict.PROVEN)) {
            throw new TransferException(Reason.REFUSED, host.id(), host.name() + ": I would rather not", null);
        }
        return probes.stream().map(probe -> spot(host, probe)).toList();
    }

    private Spot spot(Host host, Probe probe) {
        try {
            Path file = folder(host.id()).resolve(probe.fragment().toString());
            if (!Files.exists(file)) {
                return new Spot(probe.fragment(), Verdict.MISSING, new byte[0]);
            }
            byte[] all = Files.readAllBytes(swappers.contains(host.id()) ? other(file, probe.length()) : file);
            FragmentHasher hasher = new FragmentHasher();
            hasher.update(all, 0, all.length);
            LeafHashes tree = hasher.tree();
            int from = probe.leaf() * LeafHashes.LEAF_OCTETS;
            byte[] leaf =
                    java.util.Arrays.copyOfRange(all, from, from + LeafHashes.leafLength(all.length, probe.leaf()));
            boolean proves =
                    LeafHashes.proves(probe.fragment(), probe.length(), probe.leaf(), leaf, tree.path(probe.leaf()));
            return new Spot(probe.fragment(), proves ? Verdict.PROVEN : Verdict.WRONG, proves ? leaf : new byte[0]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public TrashAnswer putAway(Host host, List<FragmentId> fragments) throws TransferException {
        requireAwake(host);
        return each(
                fragments,
                id -> moved(folder(host.id()).resolve(id), trash(host).resolve(id)) ? 0 : 1);
    }

    @Override
    public TrashAnswer delete(Host host, List<FragmentId> fragments) throws TransferException {
        requireAwake(host);
        return each(fragments, id -> {
            Path there = trash(host).resolve(id);
            return !Files.exists(there) ? 1 : !trashIsRipe ? 2 : there.toFile().delete() ? 0 : 1;
        });
    }

    private Path trash(Host host) {
        return folder.resolve("trash" + host.id());
    }

    private static boolean moved(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            if (Files.exists(from)) {
                Files.move(from, to);
            }
            return Files.exists(to);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param act gives 0 for done, 1 for absent, 2 for too early */
    private static TrashAnswer each(List<FragmentId> fragments, java.util.function.ToIntFunction<String> act) {
        TrashAnswer answer = new TrashAnswer(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<List<String>> lists = List.of(answer.done(), answer.absent(), answer.early());
        fragments.forEach(id -> lists.get(act.applyAsInt(id.toString())).add(id.toString()));
        return answer;
    }

    @Override
    public KeptList list(Host host, FragmentId after) throws TransferException {
        requireAwake(host);
        try {
            List<Kept> page = new ArrayList<>();
            for (Path file : fragments(host.id())) {
                String id = file.getFileName().toString();
                if (after == null || id.compareTo(after.toString()) > 0) {
                    page.add(new Kept(id, Files.size(file)));
                }
                if (page.size() == 2) {
                    return new KeptList(page, page.get(1).fragment());
                }
            }
            return new KeptList(page, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void requireAwake(Host host) throws TransferException {
        if (away.contains(host.id())) {
            throw new TransferException(
                    Reason.AWAY, host.id(), host.name() + " cannot be reached", new java.net.ConnectException());
        }
    }

    @Override
    public void close() {
        puts.set(0);
    }

    // ---- central

    @Override
    public synchronized Lease lease(long lastEpoch, String attempt) throws IOException {
        requireCentral();
        long version = committed.size();
        return new Lease(++epoch, version, null, List.copyOf(gone), null, 120, List.copyOf(forgotten));
    }

    @Override
    public synchronized Lease renew(long which) throws IOException {
        requireCentral();
        return new Lease(which, committed.size(), null, List.of(), null, 120, List.of());
    }

    @Override
    public void release(long which) throws IOException {
        requireCentral();
    }

    @Override
    public Registered register(Placements batch) throws IOException {
        requireCentral();
        List<String> accepted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Placement placement : batch.packs()) {
            if (refusedReceipts.contains(placement.pack())) {
                refused.add(placement.pack() + ": a receipt is not signed by a host of this realm");
            } else {
                accepted.add(placement.pack());
                placements.put(placement.pack(), placement);
                gone.remove(placement.pack());
            }
        }
        registered.addAll(accepted);
        return new Registered(accepted, refused);
    }

    @Override
    public Placements placements(String after, int limit) throws IOException {
        requireCentral();
        return new Placements(placements.tailMap(after == null ? "" : after, false).values().stream()
                .limit(2)
                .toList());
    }

    @Override
    public void keepPack(FragmentId pack, Path octets) throws IOException {
        requireCentral();
        if (keepsThrow != null) {
            throw keepsThrow;
        }
        if (refuseKeeps) {
            throw new ProblemException(ProblemKind.WRONG_HASH, "other octets came");
        }
        Files.createDirectories(folder.resolve("central"));
        Files.copy(octets, folder.resolve("central").resolve(pack.toString()), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
        Path copy = folder.resolve("central").resolve(pack.toString());
        if (centralHasNoPacks || !Files.exists(copy)) {
            throw new CatalogueAwayException("no packs here", null);
        }
        return java.util.Arrays.copyOfRange(Files.readAllBytes(copy), (int) offset, (int) offset + length);
    }

    @Override
    public synchronized CommitAnswer commit(CommitRequest request) throws IOException {
        String text = request.manifest();
        lastContent = request.content();
        requireCentral();
        try {
            Signed signed = Signed.parse(text);
            Manifest manifest = Manifest.open(signed, machine.getPublic());
            if (refuseCommits) {
                throw new ProblemException(ProblemKind.INTERNAL, "not now");
            }
            Set<String> next = new java.util.TreeSet<>(packSet);
            manifest.removed().forEach(pack -> next.remove(pack.toString()));
            manifest.added().forEach(entry -> next.add(entry.pack().toString()));
            List<String> missing = next.stream()
                    .filter(pack -> !registered.contains(pack) || gone.contains(pack))
                    .toList();
            if (!missing.isEmpty()) {
                throw new ProblemException(Problem.ofItems(ProblemKind.PACKS_MISSING, "packs are gone", missing));
            }
            if (manifest.version() != committed.size() + 1) {
                throw new ProblemException(ProblemKind.VERSION_CONFLICT, "not the next version");
            }
            if (commitsUntilAway-- <= 0) {
                centralAway = true;
                requireCentral();
            }
            byte[] hash = Manifest.hash(signed);
            String countersigned = new Committed(manifest.source(), manifest.version(), hash, Instant.now())
                    .sign(catalogueKey.getPrivate())
                    .text();
            String id = HexFormat.of().formatHex(hash);
            committed.add(new SnapshotLine(id, manifest.version(), text, countersigned, false));
            packSet.clear();
            packSet.addAll(next);
            return new CommitAnswer(id, manifest.version(), countersigned, 1);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void saw(List<Seen> looks) throws IOException {
        requireCentral();
        seen.addAll(looks);
    }

    @Override
    public List<SnapshotLine> snapshots(long afterVersion) {
        return committed.stream().filter(line -> line.version() > afterVersion).toList();
    }

    int committedCount() {
        return committed.size();
    }

    private void requireCentral() throws CatalogueAwayException {
        if (centralAway) {
            throw new CatalogueAwayException("central is away", null);
        }
    }

    static SecureRandom random() {
        return new SecureRandom();
    }

    static KeyPair p256(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
