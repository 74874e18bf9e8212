package org.cranny.bench.alone;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cranny.engine.backup.Backup;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.OwnCatalogue;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.source.Source;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * The engine without a network: backs folders up as a new source, onto a folder, one copy, and says how long it took.
 * Arguments: the folder to work in, a PKCS#12 of a key and its certificate, its password, folders that warm the engine,
 * {@code --}, folders that count. One line comes out: seconds, seconds of the processor, octets of one copy.
 */
public final class Alone {
    private static final long SOURCE = 17;
    private static final List<Long> HOSTS = List.of(2L, 3L);

    private final Path place;
    private final MachineIdentity identity;
    private final PublicKey nobody;

    private Alone(Path place, MachineIdentity identity) throws Exception {
        this.place = place;
        this.identity = identity;
        this.nobody = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    }

    public static void main(String[] arguments) throws Exception {
        List<String> all = Arrays.asList(arguments);
        int between = all.indexOf("--");
        Path place = Path.of(all.get(0));
        MachineIdentity identity =
                Shelf.identity(Path.of(all.get(1)), all.get(2).toCharArray(), SOURCE);
        Alone alone = new Alone(place, identity);
        for (int i = 0; i < 2; i++) {
            alone.backUp("warming-" + i, all.subList(3, between));
        }
        long cpu = processor();
        long from = System.nanoTime();
        BackupOutcome outcome = alone.backUp("first", all.subList(between + 1, all.size()));
        System.out.printf(
                Locale.ROOT,
                "%.2f %.2f %d%n",
                (System.nanoTime() - from) / 1e9,
                (processor() - cpu) / 1e9,
                outcome.storedBytes());
    }

    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private BackupOutcome backUp(String name, List<String> folders) throws Exception {
        Path home = Files.createDirectories(place.resolve(name));
        SecureRandom random = new SecureRandom();
        List<byte[]> paths = new ArrayList<>();
        for (String folder : folders) {
            paths.add(PathBytes.of(Path.of(folder).toRealPath()));
        }
        Map<Long, Host> hosts = Shelf.hosts(HOSTS);
        try (Shelf shelf = new Shelf(Files.createDirectory(home.resolve("shelf")), identity, HOSTS.get(0));
                Source source =
                        Source.open(home.resolve("home"), identity, KeyRing.create(identity.system(), random))) {
            return new Backup(
                            source,
                            new OwnCatalogue("none"),
                            shelf,
                            hosts,
                            nobody,
                            new HostPacks(source.holdings(), hosts, shelf, (host, pack, reason) -> {}),
                            Clock.systemUTC(),
                            random)
                    .run(new BackupRequest(paths, name, List.of(), false), BackupListener.SILENT);
        }
    }
}
