package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.central.system.Newcomer;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.id.SystemId;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand hosts that report each minute, and what their reports cost central. */
@EnabledIfSystemProperty(named = "cranny.long", matches = "true")
class ManyHostsTest {
    private static final int HOSTS = 10_000;
    private static final int MINUTES = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void tenThousandHostsThatReportEachMinuteCostLessThanOneCore(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of())) {
            List<TestMachine> hosts = join(bench);
            Map<Long, List<Peer>> named = new HashMap<>();
            report(bench, hosts, named);
            long cpu = cpu();
            long from = System.nanoTime();
            for (int minute = 0; minute < MINUTES; minute++) {
                report(bench, hosts, named);
            }
            double seconds = (System.nanoTime() - from) / 1e9 / MINUTES;
            double processor = (cpu() - cpu) / 1e9 / MINUTES;
            System.out.printf(
                    "%s: %d reports of a minute take %.1f s, %.1f s of processor time%n",
                    kind, HOSTS, seconds, processor);
            assertTrue(processor < 60, () -> "it takes " + processor + " s of each minute");
        }
    }

    private static List<TestMachine> join(Bench bench) {
        List<TestMachine> hosts = new ArrayList<>();
        while (hosts.size() < HOSTS) {
            bench.central.database.durably(entities -> {
                for (int i = 0; i < 200; i++) {
                    hosts.add(join(bench, hosts.size()));
                }
                return null;
            });
        }
        return hosts;
    }

    private static TestMachine join(Bench bench, int i) {
        KeyPair keys = TestMachine.newKeys("EC");
        TestMachine machine = new TestMachine("ws-" + i, keys);
        Newcomer newcomer = new Newcomer(
                machine.name, Set.of("host"), keys.getPublic(), 1, "https://10.0.0.1:9443", "room " + i % 50);
        machine.id = new SystemId(
                bench.central.authority.realm(),
                bench.central.systems.join(newcomer).number());
        return machine;
    }

    private static void report(Bench bench, List<TestMachine> hosts, Map<Long, List<Peer>> named) {
        for (int i = 0; i < hosts.size(); i++) {
            if (i % 167 == 0) {
                bench.clock.advance(Duration.ofSeconds(1));
            }
            if (i % 1_670 == 0) {
                bench.central.reliability.weigh();
            }
            TestMachine host = hosts.get(i);
            long second = bench.clock.instant().getEpochSecond();
            Seen[] seen = named.getOrDefault(host.id.number(), List.of()).stream()
                    .map(peer -> new Seen(peer.system(), second, Outcome.REACHED, 4))
                    .toArray(Seen[]::new);
            HeartbeatAnswer answer =
                    bench.central.heartbeats.report(host.id, host.heartbeat(10 * TestMachine.GIB, seen));
            named.put(host.id.number(), answer.probe());
        }
    }

    /** Nanoseconds of all threads of this process. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
