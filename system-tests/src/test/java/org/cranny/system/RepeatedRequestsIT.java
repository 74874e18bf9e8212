package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.client.central.Central;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.cluster.Cranny;
import org.cranny.engine.backup.Backup;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.Catalogue;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.News;
import org.cranny.engine.check.Reading;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.receipt.Kept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request that arrives twice is a request: nothing is there twice, and the second answer is as good as the first. */
@ExtendWith(SharesRealm.class)
class RepeatedRequestsIT {
    private final Realm realm;
    private final Set<String> repeated = new ConcurrentSkipListSet<>();

    RepeatedRequestsIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void aBackupWhoseEveryRequestArrivesTwiceIsOneBackup() throws Exception {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 40, 51);
        Cranny source = realm.source();
        backUp(source, tree);
        Contents.noise(tree.resolve("more"), 3_000_000, 52);
        BackupOutcome second = backUp(source, tree);
        assertEquals(2, second.version());
        assertTrue(
                repeated.containsAll(Set.of("release", "register", "keepPack", "commit", "put", "read", "prove")),
                repeated::toString);
        Path restored = realm.emptyFolder("restored");
        Claims.done(source.run("restore", second.snapshot(), "--target", restored.toString()));
        Claims.restoredEqual(tree, restored);
    }

    private BackupOutcome backUp(Cranny source, Path tree) throws Exception {
        try (Machine machine = Machine.open(Home.at(source.home()));
                Backups backups = machine.toBackUp();
                HttpHosts hosts = new HttpHosts(machine.identity(), () -> allotment(machine), Limits.NONE)) {
            Central central = machine.central();
            Map<Long, Host> masterFile =
                    backups.hosts().stream().collect(Collectors.toMap(Host::id, Function.identity()));
            Hosts twice = twice(Hosts.class, hosts);
            BackupOutcome made = new Backup(
                            backups.source(),
                            twice(Catalogue.class, central),
                            twice,
                            masterFile,
                            machine.realmKeys().catalogue(),
                            backups.packs((host, pack, reason) -> {}),
                            Clock.systemUTC(),
                            new SecureRandom())
                    .run(
                            new BackupRequest(List.of(PathBytes.of(tree)), "twice", List.of(), false),
                            BackupListener.SILENT);
            CheckOutcome found = new Check(
                            backups.source(),
                            twice,
                            masterFile,
                            backups.packs((host, pack, reason) -> {}),
                            new SecureRandom(),
                            News.NONE)
                    .run(backups.source().snapshots().kept(), new Reading(1, false), CheckListener.SILENT);
            assertTrue(found.sound(), found.findings()::toString);
            assertEquals(made.version(), central.snapshots(0).size());
            assertEquals(holders(backups), kept(hosts, masterFile));
            return made;
        }
    }

    private static String allotment(Machine machine) {
        try {
            return machine.home().allotment().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each call asks for another turn; the request of a call that is repeated is central's own test. */
    private <T> T twice(Class<T> type, T once) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    repeated.add(method.getName());
                    try {
                        if (!method.getName().equals("lease")) {
                            method.invoke(once, arguments);
                        }
                        return method.invoke(once, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Fragments by host, as the source knows them. */
    private static Map<Long, Set<String>> holders(Backups backups) throws Exception {
        Map<Long, Set<String>> known = new TreeMap<>();
        for (Holding holding : backups.source().holdings().all()) {
            for (long host : holding.hosts()) {
                known.computeIfAbsent(host, key -> new TreeSet<>())
                        .add(holding.pack().pack().toString());
            }
        }
        return known;
    }

    /** Fragments by host, as hosts list them. */
    private static Map<Long, Set<String>> kept(HttpHosts hosts, Map<Long, Host> masterFile) throws Exception {
        Map<Long, Set<String>> kept = new TreeMap<>();
        for (Host host : masterFile.values()) {
            Set<String> fragments = hosts.list(host, null).fragments().stream()
                    .map(Kept::fragment)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!fragments.isEmpty()) {
                kept.put(host.id(), fragments);
            }
        }
        return kept;
    }
}
