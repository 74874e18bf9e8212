package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.cranny.central.snapshot.Commitment;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;

/** A central on a fresh database with the moves that many claims begin with. */
final class Bench implements AutoCloseable {
    /** Who gives leave to open backups. */
    static final Set<String> OFFICER = Set.of("recovery-officer");

    /** Who gives leave to delete. */
    static final Set<String> ADMINISTRATOR = Set.of("administrator");

    final ManualClock clock = new ManualClock();
    final DataSource dataSource;
    private final Path home;
    private final Map<String, String> more;
    Central central;

    Bench(Databases kind, Path folder) throws IOException, SQLException {
        this(kind, folder, Map.of());
    }

    /** @param more settings */
    Bench(Databases kind, Path folder, Map<String, String> more) throws IOException, SQLException {
        Assumptions.assumeTrue(kind.present(), kind + " is not installed");
        home = folder.resolve("home");
        dataSource = kind.fresh(folder);
        this.more = more;
        central = new Central(home, dataSource, clock, more);
    }

    void restart() throws IOException {
        central.close();
        central = new Central(home, dataSource, clock, more);
    }

    String token(int uses, String... roles) {
        return central.enrollments
                .createToken("admin", new TokenRequest(List.of(roles), uses, 3_600))
                .token();
    }

    TestMachine source(String name) {
        TestMachine machine = new TestMachine(name);
        return machine.joined(central, machine.enrollment(token(1, "source"), "source"));
    }

    /** A host that has reported 10 GiB. */
    TestMachine host(String name) {
        TestMachine machine = new TestMachine(name);
        machine.joined(central, machine.enrollment(token(1, "host"), "host"));
        central.heartbeats.report(machine.id, machine.heartbeat(10 * TestMachine.GIB));
        return machine;
    }

    TestMachine hostIn(String name, String domain) {
        TestMachine machine = new TestMachine(name);
        machine.joined(central, machine.enrollmentIn(token(1, "host"), domain, "host"));
        central.heartbeats.report(machine.id, machine.heartbeat(10 * TestMachine.GIB));
        return machine;
    }

    /** As after a prune under this epoch: no receipt of before counts any more. */
    void lose(FragmentId pack, long epoch) {
        central.database.durably(entities -> {
            entities.createQuery("delete from FragmentRow f where f.pack in"
                            + " (select p.id from PackRow p where p.pack = :pack)")
                    .setParameter("pack", pack.toString())
                    .executeUpdate();
            return entities.createQuery(
                            "update PackRow p set p.state = org.cranny.central.placement.PackRow.State.GONE,"
                                    + " p.goneEpoch = :epoch, p.goneSeconds = :now where p.pack = :pack")
                    .setParameter("pack", pack.toString())
                    .setParameter("epoch", epoch)
                    .setParameter("now", clock.instant().getEpochSecond())
                    .executeUpdate();
        });
    }

    Registered hold(TestMachine source, FragmentId pack, TestMachine... hosts) {
        Instant now = clock.instant();
        return central.custody.register(source.id, new Placements(List.of(source.placement(pack, now, hosts))));
    }

    Commitment commit(
            TestMachine source, long version, String previous, List<FragmentId> added, List<FragmentId> removed) {
        return commit(source, version, 0, previous, added, removed);
    }

    Commitment commit(
            TestMachine source,
            long version,
            long epoch,
            String previous,
            List<FragmentId> added,
            List<FragmentId> removed) {
        String manifest =
                source.manifest(version, epoch, previous, added, removed).text();
        return central.snapshots.commit(source.id, new CommitRequest(manifest, null));
    }

    HostStatus status(TestMachine host) {
        return central.hosts.all().stream()
                .filter(status -> status.number() == host.id.number())
                .findFirst()
                .orElseThrow();
    }

    Host.State state(TestMachine host) {
        return status(host).state();
    }

    long free(TestMachine host) {
        return status(host).freeBytes();
    }

    static ProblemException refused(ProblemKind kind, Executable request) {
        ProblemException problem = assertThrows(ProblemException.class, request);
        assertEquals(kind.name(), problem.problem().kind(), problem.getMessage());
        return problem;
    }

    /** Runs all at the same time. @return what each gave or threw */
    static <T> List<Object> together(List<Callable<T>> all) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Object> outcomes = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(all)) {
                try {
                    outcomes.add(future.get());
                } catch (ExecutionException e) {
                    outcomes.add(e.getCause());
                }
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        central.close();
        Databases.drop(dataSource);
    }
}
