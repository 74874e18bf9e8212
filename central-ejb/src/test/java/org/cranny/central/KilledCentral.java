package org.cranny.central;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * A small JVM in which central takes a lease, hears of packs and commits, and goes on where another one was killed. It says
 * {@code registering PACK}, {@code registered}, {@code committing MANIFEST}, {@code committed ID}; the database and the
 * machines are made before, by {@link #found}. With {@code forgetful} as sixth argument H2 is never told to sync.
 */
final class KilledCentral {
    private KilledCentral() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Homes.template = Path.of(arguments[2]);
        ManualClock clock = new ManualClock();
        clock.advance(Duration.ofHours(Integer.parseInt(arguments[3])));
        DataSource dataSource = Databases.at(arguments[1]);
        try (Central central = new Central(
                folder.resolve("home"),
                arguments.length > 5 ? AcknowledgedCommits.forgetful(dataSource) : dataSource,
                clock)) {
            work(folder, central, Integer.parseInt(arguments[4]), System.out::println);
        }
    }

    /** Goes on where another one ended. @param said hears its lines */
    static void work(Path folder, Central central, int commits, Consumer<String> said) throws Exception {
        TestMachine source = machine(folder, central, "ws");
        TestMachine[] hosts = {machine(folder, central, "h1"), machine(folder, central, "h2")};
        for (int times = 0; times < commits; times++) {
            List<SnapshotLine> before = central.snapshots.list(source.id, 0);
            SnapshotLine last = before.isEmpty() ? null : before.get(before.size() - 1);
            long version = last == null ? 1 : last.version() + 1;
            Lease lease = central.leases.take(source.id, new LeaseRequest(0, null));
            FragmentId pack = TestMachine.pack("p" + version + "-" + lease.epoch());
            said.accept("registering " + pack);
            central.custody.register(
                    source.id, new Placements(List.of(source.placement(pack, central.clock.instant(), hosts))));
            said.accept("registered");
            String manifest = source.manifest(
                            version, lease.epoch(), last == null ? null : last.snapshot(), List.of(pack), List.of())
                    .text();
            said.accept("committing " + manifest);
            String id = central.snapshots
                    .commit(source.id, new CommitRequest(manifest, null))
                    .answer()
                    .snapshot();
            said.accept("committed " + id);
            central.leases.release(source.id, lease.epoch());
        }
    }

    /** Makes a realm of a source and two hosts. */
    static void found(Path folder, DataSource dataSource) throws Exception {
        try (Central central = new Central(folder.resolve("home"), dataSource, new ManualClock())) {
            for (String name : List.of("ws", "h1", "h2")) {
                String role = name.equals("ws") ? "source" : "host";
                TestMachine machine = new TestMachine(name);
                String token = central.enrollments
                        .createToken("admin", new TokenRequest(List.of(role), 1, 3_600))
                        .token();
                machine.joined(central, machine.enrollment(token, role));
                try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(folder.resolve(name)))) {
                    out.writeObject(machine.keys);
                    out.writeLong(machine.id.number());
                }
            }
        }
    }

    static TestMachine machine(Path folder, Central central, String name) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(folder.resolve(name)))) {
            TestMachine machine = new TestMachine(name, (KeyPair) in.readObject());
            machine.id = new SystemId(central.authority.realm(), in.readLong());
            return machine;
        }
    }
}
