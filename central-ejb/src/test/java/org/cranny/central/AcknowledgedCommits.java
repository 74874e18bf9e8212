package org.cranny.central;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Placements;

/**
 * A small JVM that commits snapshots through central's own code and says {@code committing N} on standard output before
 * each and {@code committed N} after its answer, for those who watch its system calls. Its arguments are a folder, where an
 * H2 is in it, and the home that its own is a copy of; with {@code forgetful} as one more H2 is never told to sync: the
 * control.
 */
final class AcknowledgedCommits {
    static final int COMMITS = 50;

    private AcknowledgedCommits() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        DataSource h2 = Databases.at(arguments[1]);
        Homes.template = Path.of(arguments[2]);
        DataSource dataSource = arguments.length > 3 ? forgetful(h2) : h2;
        ManualClock clock = new ManualClock();
        try (Central central = new Central(folder.resolve("home"), dataSource, clock)) {
            TestMachine source = joined(central, "ws", "source");
            TestMachine[] hosts = {joined(central, "h1", "host"), joined(central, "h2", "host")};
            String previous = null;
            System.out.println("ready");
            long begun = System.nanoTime();
            for (int version = 1; version <= COMMITS; version++) {
                FragmentId pack = TestMachine.pack("p" + version);
                central.custody.register(
                        source.id, new Placements(List.of(source.placement(pack, clock.instant(), hosts))));
                String manifest = source.manifest(version, 0, previous, List.of(pack), List.of())
                        .text();
                System.out.println("committing " + version);
                previous = central.snapshots
                        .commit(source.id, new CommitRequest(manifest, null))
                        .answer()
                        .snapshot();
                System.out.println("committed " + version);
            }
            System.out.printf("%.1f commits a second%n", COMMITS * 1e9 / (System.nanoTime() - begun));
            Runtime.getRuntime().halt(0);
        }
    }

    private static TestMachine joined(Central central, String name, String role) {
        TestMachine machine = new TestMachine(name);
        String token = central.enrollments
                .createToken("admin", new TokenRequest(List.of(role), 1, 3_600))
                .token();
        return machine.joined(central, machine.enrollment(token, role));
    }

    /** Hands on everything but the order to sync. */
    static DataSource forgetful(DataSource real) {
        return proxy(
                DataSource.class,
                real,
                "getConnection",
                connection -> proxy(
                        Connection.class,
                        (Connection) connection,
                        "createStatement",
                        statement -> proxy(Statement.class, (Statement) statement, "execute", done -> done)));
    }

    private interface Wrapping {
        Object wrap(Object result);
    }

    private static <T> T proxy(Class<T> type, T real, String wrapped, Wrapping wrapping) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (type == Statement.class && given != null && "CHECKPOINT SYNC".equals(given[0])) {
                return false;
            }
            Object result = method.invoke(real, given);
            return method.getName().equals(wrapped) ? wrapping.wrap(result) : result;
        }));
    }
}
