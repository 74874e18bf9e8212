package org.cranny.engine.backup;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.source.Source;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.transfer.TransferException.Reason;
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
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * A realm whose whole state is in one folder, so that it goes on in another process: three hosts and a central that keep
 * their promises, and a source. Every change of theirs is one rename.
 */
final class FolderRealm implements Catalogue, Hosts {
    private static final int HOSTS = 3;
    private static final long SOURCE = 17;

    private final Path folder;
    private final Map<Long, Host> hosts = new TreeMap<>();
    private final PrivateKey machineKey;
    private final X509Certificate certificate;
    private final PrivateKey catalogueKey;
    private final PublicKey cataloguePublicKey;
    private final KeyRing keys;
    private final SystemId system;

    private FolderRealm(Path folder) throws Exception {
        this.folder = folder;
        machineKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(secret("machine")));
        certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(secret("certificate")));
        KeyFactory ed25519 = KeyFactory.getInstance("Ed25519");
        catalogueKey = ed25519.generatePrivate(new PKCS8EncodedKeySpec(secret("catalogue")));
        cataloguePublicKey = ed25519.generatePublic(new X509EncodedKeySpec(secret("catalogue.public")));
        keys = KeyRing.decode(secret("ring"));
        system = new SystemId(RealmId.of(certificate.getPublicKey()), SOURCE);
        for (long id = 2; id < 2 + HOSTS; id++) {
            hosts.put(id, TestRealm.host(id));
        }
    }

    static FolderRealm open(Path folder) throws Exception {
        return new FolderRealm(folder);
    }

    static FolderRealm create(Path folder) throws Exception {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        for (String each :
                List.of("fragments/2", "fragments/3", "fragments/4", "registered", "kept", "commits", "data")) {
            Files.createDirectories(folder.resolve(each));
        }
        KeyPair machine = TestRealm.p256(TestRealm.random());
        KeyPair catalogue = TestRealm.ed25519();
        SystemId source = new SystemId(RealmId.of(machine.getPublic()), SOURCE);
        Files.write(secrets.resolve("machine"), machine.getPrivate().getEncoded());
        Files.write(
                secrets.resolve("certificate"), TestRealm.certificate(machine).getEncoded());
        Files.write(secrets.resolve("catalogue"), catalogue.getPrivate().getEncoded());
        Files.write(secrets.resolve("catalogue.public"), catalogue.getPublic().getEncoded());
        Files.write(
                secrets.resolve("ring"),
                KeyRing.create(source, TestRealm.random()).encode());
        return open(folder);
    }

    private byte[] secret(String name) throws IOException {
        return Files.readAllBytes(folder.resolve("secrets").resolve(name));
    }

    Source source() throws IOException {
        return Source.open(folder.resolve("home"), new MachineIdentity(system, machineKey, List.of(certificate)), keys);
    }

    Path data() {
        return folder.resolve("data");
    }

    Map<Long, Host> masterFile() {
        return hosts;
    }

    PublicKey catalogueKey() {
        return cataloguePublicKey;
    }

    /** The fragments that each host has under their final names. */
    List<Path> fragments() throws IOException {
        List<Path> all = new ArrayList<>();
        for (long host : hosts.keySet()) {
            try (Stream<Path> files = Files.list(folder.resolve("fragments").resolve(Long.toString(host)))) {
                files.filter(file -> !isPart(file)).forEach(all::add);
            }
        }
        return all;
    }

    private static boolean isPart(Path file) {
        return file.toString().endsWith(".part");
    }

    private Path fragment(long host, FragmentId fragment) {
        return folder.resolve("fragments").resolve(Long.toString(host)).resolve(fragment.toString());
    }

    private void keep(Path file, byte[] octets) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, octets);
        Files.move(part, file, ATOMIC_MOVE);
    }

    // ---- hosts

    @Override
    public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
        try {
            byte[] all = Files.readAllBytes(octets);
            if (!FragmentHasher.of(all).equals(fragment)) {
                throw new TransferException(Reason.WRONG, host.id(), "wrong hash", null);
            }
            keep(fragment(host.id(), fragment), all);
            return new Receipt(new SystemId(system.realm(), host.id()), system, fragment, all.length, Instant.now())
                    .sign(machineKey);
        } catch (TransferException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException {
        try {
            return range(fragment(host.id(), fragment), offset, length);
        } catch (IOException e) {
            throw new TransferException(Reason.MISSING, host.id(), "it is not there", null);
        }
    }

    private static byte[] range(Path file, long offset, int length) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(file), (int) offset, (int) offset + length);
    }

    @Override
    public List<Spot> prove(Host host, List<Probe> probes) {
        return probes.stream().map(probe -> spot(host, probe)).toList();
    }

    private Spot spot(Host host, Probe probe) {
        try {
            byte[] all = Files.readAllBytes(fragment(host.id(), probe.fragment()));
            return FragmentHasher.of(all).equals(probe.fragment())
                    ? new Spot(
                            probe.fragment(), Verdict.PROVEN, Arrays.copyOf(all, LeafHashes.leafLength(all.length, 0)))
                    : new Spot(probe.fragment(), Verdict.WRONG, new byte[0]);
        } catch (IOException e) {
            return new Spot(probe.fragment(), Verdict.MISSING, new byte[0]);
        }
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    // ---- central

    @Override
    public Lease lease(long lastEpoch, String attempt) throws IOException {
        Path file = folder.resolve("epoch");
        long epoch = 1 + (Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0);
        keep(file, Long.toString(epoch).getBytes());
        return lease(epoch, snapshots(0).size());
    }

    @Override
    public Lease renew(long epoch) throws IOException {
        return lease(epoch, snapshots(0).size());
    }

    private static Lease lease(long epoch, long version) {
        return new Lease(epoch, version, null, List.of(), null, 120, List.of());
    }

    @Override
    public void release(long epoch) throws IOException {
        Files.writeString(folder.resolve("released"), Long.toString(epoch));
    }

    @Override
    public Registered register(Placements batch) throws IOException {
        List<String> accepted = new ArrayList<>();
        for (Placement placement : batch.packs()) {
            keep(folder.resolve("registered").resolve(placement.pack()), new byte[0]);
            accepted.add(placement.pack());
        }
        return new Registered(accepted, List.of());
    }

    @Override
    public void keepPack(FragmentId pack, Path octets) throws IOException {
        keep(folder.resolve("kept").resolve(pack.toString()), Files.readAllBytes(octets));
    }

    @Override
    public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
        return range(folder.resolve("kept").resolve(pack.toString()), offset, length);
    }

    @Override
    public CommitAnswer commit(CommitRequest request) throws IOException {
        try {
            Signed signed = Signed.parse(request.manifest());
            Manifest manifest = Manifest.open(signed, certificate.getPublicKey());
            String id = HexFormat.of().formatHex(Manifest.hash(signed));
            List<SnapshotLine> before = snapshots(0);
            TreeSet<String> packs = new TreeSet<>();
            for (SnapshotLine line : before) {
                if (line.snapshot().equals(id)) {
                    return new CommitAnswer(id, manifest.version(), line.committed(), 1);
                }
                change(packs, Manifest.open(Signed.parse(line.manifest()), certificate.getPublicKey()));
            }
            change(packs, manifest);
            List<String> missing = packs.stream()
                    .filter(pack -> !Files.exists(folder.resolve("registered").resolve(pack)))
                    .toList();
            if (!missing.isEmpty()) {
                throw new ProblemException(Problem.ofItems(ProblemKind.PACKS_MISSING, "packs are gone", missing));
            }
            if (manifest.version() != before.size() + 1) {
                throw new ProblemException(ProblemKind.VERSION_CONFLICT, "not the next version");
            }
            String countersigned = new Committed(
                            manifest.source(), manifest.version(), Manifest.hash(signed), Instant.now())
                    .sign(catalogueKey)
                    .text();
            keep(
                    folder.resolve("commits").resolve(Long.toString(manifest.version())),
                    (request.manifest() + "\n" + countersigned).getBytes());
            return new CommitAnswer(id, manifest.version(), countersigned, 1);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void change(TreeSet<String> packs, Manifest manifest) {
        manifest.removed().forEach(pack -> packs.remove(pack.toString()));
        manifest.added().forEach(entry -> packs.add(entry.pack().toString()));
    }

    @Override
    public List<SnapshotLine> snapshots(long afterVersion) throws IOException {
        List<SnapshotLine> lines = new ArrayList<>();
        for (long version = afterVersion + 1; ; version++) {
            Path file = folder.resolve("commits").resolve(Long.toString(version));
            if (!Files.exists(file)) {
                return lines;
            }
            List<String> texts = Files.readAllLines(file);
            try {
                String id = HexFormat.of().formatHex(Manifest.hash(Signed.parse(texts.get(0))));
                lines.add(new SnapshotLine(id, version, texts.get(0), texts.get(1), false));
            } catch (MalformedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void saw(List<Seen> looks) {
        // Ratings are not kept here.
    }
}
