package org.cranny.bench.alone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;

/** A folder in place of hosts: keeps, on the disk, what one of them is sent; what the others are sent is said to be kept. */
final class Shelf implements Hosts {
    private static final String KEY = "cranny";
    private static final long PLENTY = 1L << 42;

    private final Path folder;
    private final MachineIdentity identity;
    private final long keeper;

    Shelf(Path folder, MachineIdentity identity, long keeper) {
        this.folder = folder;
        this.identity = identity;
        this.keeper = keeper;
    }

    static MachineIdentity identity(Path pkcs12, char[] password, long number) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pkcs12)) {
            store.load(in, password);
        }
        X509Certificate certificate = (X509Certificate) store.getCertificate(KEY);
        SystemId system = new SystemId(RealmId.of(certificate.getPublicKey()), number);
        return new MachineIdentity(system, (PrivateKey) store.getKey(KEY, password), List.of(certificate));
    }

    static Map<Long, Host> hosts(List<Long> numbers) {
        return numbers.stream()
                .map(number -> new Host(
                        number,
                        "shelf-" + number,
                        "https://127.0.0.1:1",
                        PLENTY,
                        PLENTY,
                        1,
                        "always",
                        "host:" + number,
                        Host.State.ACCEPTING))
                .collect(Collectors.toMap(Host::id, Function.identity()));
    }

    @Override
    public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
        try {
            if (host.id() == keeper) {
                keep(fragment, octets);
            }
            SystemId kept = new SystemId(identity.system().realm(), host.id());
            return new Receipt(kept, identity.system(), fragment, Files.size(octets), Instant.now())
                    .sign(identity.key());
        } catch (IOException e) {
            throw new TransferException(TransferException.Reason.AWAY, host.id(), e.getMessage(), e);
        }
    }

    private void keep(FragmentId fragment, Path octets) throws IOException {
        Path part = folder.resolve(fragment + ".part");
        try (FileChannel from = FileChannel.open(octets);
                FileChannel to = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < from.size(); ) {
                at += from.transferTo(at, from.size() - at, to);
            }
            to.force(true);
        }
        Files.move(part, folder.resolve(fragment.toString()), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel all = FileChannel.open(folder)) {
            all.force(true);
        }
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException {
        ByteBuffer octets = ByteBuffer.allocate(length);
        try (FileChannel from = FileChannel.open(folder.resolve(fragment.toString()))) {
            while (octets.hasRemaining()) {
                if (from.read(octets, offset + octets.position()) < 0) {
                    throw new IOException("it is shorter");
                }
            }
            return octets.array();
        } catch (IOException e) {
            throw new TransferException(TransferException.Reason.MISSING, host.id(), e.getMessage(), e);
        }
    }

    @Override
    public List<Spot> prove(Host host, List<Probe> probes) {
        throw new UnsupportedOperationException("nothing is proven here");
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
