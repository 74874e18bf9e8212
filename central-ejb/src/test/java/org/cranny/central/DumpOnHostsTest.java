package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.dump.Dump;
import org.cranny.central.dump.TestDumpTool;
import org.cranny.central.repair.Drain;
import org.cranny.protocol.heartbeat.Damage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Central's dumps lie on hosts, and come back with the rescue file and the escrow passphrase alone. */
class DumpOnHostsTest {
    @TempDir
    Path folder;

    private Path rescue;

    private Dump dump(Bench bench) throws Exception {
        Dump dump = bench.central.dumps.make("admin");
        rescue = folder.resolve("home/dumps/rescue.txt");
        return dump;
    }

    private String tool(Bench bench, String... words) {
        String[] all = Arrays.copyOf(words, words.length + 4);
        System.arraycopy(
                new String[] {
                    "--rescue",
                    rescue.toString(),
                    "--escrow-passphrase-file",
                    Homes.escrowPassphrase().toString()
                },
                0,
                all,
                words.length,
                4);
        return TestDumpTool.run(bench.central.dumpHosts, all);
    }

    @ParameterizedTest
    @EnumSource
    void aDumpComesBackFromAnyOneOfItsHosts(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            List<TestMachine> hosts = List.of(bench.host("h1"), bench.host("h2"), bench.host("h3"));
            Dump first = dump(bench);
            bench.clock.advance(Duration.ofDays(1));
            hosts.forEach(host -> bench.central.heartbeats.report(host.id, host.heartbeat(10 * TestMachine.GIB)));
            Dump second = dump(bench);
            byte[] octets = Files.readAllBytes(folder.resolve("home/dumps/" + second.name()));
            assertEquals(
                    "0 " + second.name() + "  " + second.octets() + " octets\n" + first.name() + "  " + first.octets()
                            + " octets",
                    tool(bench, "list"));
            int holders = 0;
            for (TestMachine alone : hosts) {
                bench.central.dumpHosts.away.clear();
                hosts.forEach(host -> bench.central.dumpHosts.away.add(host.id.number()));
                bench.central.dumpHosts.away.remove(alone.id.number());
                Path to = folder.resolve("to" + alone.id.number());
                String said = tool(bench, "fetch", second.name(), "--to", to.toString());
                if (said.startsWith("0 ")) {
                    holders++;
                    assertArrayEquals(octets, Files.readAllBytes(to.resolve(second.name())));
                    assertArrayEquals(
                            Files.readAllBytes(folder.resolve("home/escrow.key")),
                            Files.readAllBytes(to.resolve("escrow.key")));
                    assertTrue(TestDumpTool.run(
                                    "verify",
                                    to.resolve(second.name()).toString(),
                                    "--escrow-key",
                                    to.resolve("escrow.key").toString(),
                                    "--escrow-passphrase-file",
                                    Homes.escrowPassphrase().toString())
                            .startsWith("0 The dump of "));
                } else {
                    assertFalse(Files.exists(to.resolve(second.name())));
                }
            }
            assertTrue(holders >= 1, "piece and slip each lie on two of three hosts");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatFailsIsReplacedAndTooFewAreAnAlert(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            bench.central.dumpHosts.away.add(h1.id.number());
            Dump alone = dump(bench);
            assertTrue(Files.exists(folder.resolve("home/dumps/" + alone.name())), "it is here in any case");
            assertEquals(
                    Set.of(AlertKind.DUMP_ON_NO_HOSTS),
                    bench.central.alerts.lasting().keySet());
            TestMachine h3 = bench.host("h3");
            bench.clock.advance(Duration.ofSeconds(1));
            Dump dump = dump(bench);
            assertEquals(Set.of(), bench.central.alerts.lasting().keySet());
            assertEquals(Set.of(h2.id.number(), h3.id.number()), bench.central.dumpHosts.shelves.keySet());
            assertTrue(tool(bench, "list").startsWith("0 " + dump.name()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPieceThatItsHostFoundDamagedIsWrittenAgain(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            dump(bench);
            Map<String, byte[]> shelf = bench.central.dumpHosts.shelves.get(h1.id.number());
            String piece = shelf.keySet().iterator().next();
            shelf.remove(piece);
            bench.central.spread.damaged(h2.id.number(), null);
            bench.central.spread.damaged(h1.id.number(), List.of(new Damage(5, piece, "")));
            round(bench);
            assertFalse(shelf.containsKey(piece), "it is another source's");
            bench.central.spread.damaged(h1.id.number(), List.of(new Damage(1, piece, "")));
            round(bench);
            assertTrue(shelf.containsKey(piece));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAHostForgesOrBreaksIsNoDump(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            Dump dump = dump(bench);
            Map<String, byte[]> liar = bench.central.dumpHosts.shelves.get(h1.id.number());
            liar.replaceAll((id, octets) -> {
                byte[] other = octets.clone();
                other[other.length - 1] ^= 1;
                return other;
            });
            Path to = folder.resolve("to");
            assertTrue(tool(bench, "fetch", "--to", to.toString()).startsWith("0 "));
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("home/dumps/" + dump.name())),
                    Files.readAllBytes(to.resolve(dump.name())));
            bench.central.dumpHosts.away.add(h2.id.number());
            Path none = folder.resolve("none");
            String said = tool(bench, "fetch", "--to", none.toString());
            assertTrue(said.startsWith("1 there is no such dump on the hosts that answer"), said);
            assertFalse(Files.exists(none.resolve(dump.name())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRescueFileOpensNothingWithoutThePassphraseAndNamesNoSecret(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            bench.host("h1");
            bench.host("h2");
            dump(bench);
            String text = Files.readString(rescue);
            String passphrase = Files.readString(Homes.escrowPassphrase()).strip();
            assertFalse(text.contains(passphrase));
            assertTrue(text.lines().allMatch(line -> line.length() <= 130), "it can be printed");
            Path wrong = Files.writeString(folder.resolve("wrong"), "not the passphrase\n");
            String said = TestDumpTool.run(
                    bench.central.dumpHosts,
                    "list",
                    "--rescue",
                    rescue.toString(),
                    "--escrow-passphrase-file",
                    wrong.toString());
            assertEquals("1 the escrow key does not open: is this its passphrase?", said);
            Files.writeString(rescue, text.replace("CRANNY REALM KEYS", "CRANNY OTHER KEYS"));
            assertTrue(tool(bench, "list").startsWith("1 the rescue file is damaged: "));
            Files.writeString(rescue, "something\n");
            assertTrue(tool(bench, "list").startsWith("1 this is no rescue file"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void olderDumpsGoByWayOfTheTrashUnlessPruningIsLocked(Databases kind) throws Exception {
        Map<String, String> few = Map.of("cranny.dump.kept-on-hosts", "2", "cranny.trash.seconds", "3600");
        try (Bench bench = new Bench(kind, folder, few)) {
            List<TestMachine> hosts = List.of(bench.host("h1"), bench.host("h2"));
            hosts.forEach(bench.central.daemons::run);
            Set<String> oldest = new HashSet<>();
            for (int day = 0; day < 3; day++) {
                dump(bench);
                if (day == 0) {
                    bench.central.dumpHosts.shelves.values().forEach(shelf -> oldest.addAll(shelf.keySet()));
                    hosts.forEach(host -> oldest.forEach(fragment ->
                            bench.central.daemons.shelf(host.id.number()).add(fragment)));
                }
                bench.clock.advance(Duration.ofMinutes(1));
            }
            assertEquals(2, oldest.size(), "a piece and a slip");
            for (TestMachine host : hosts) {
                assertEquals(oldest, bench.central.daemons.trash(host.id.number()));
            }
            bench.clock.advance(Duration.ofHours(1));
            hosts.forEach(host -> bench.central.heartbeats.report(host.id, host.heartbeat(10 * TestMachine.GIB)));
            try (Connection connection = bench.dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into prune_lock (id, until_millis, reason) values (1, "
                        + bench.clock.instant().plusSeconds(60).toEpochMilli() + ", 'test')");
            }
            dump(bench);
            assertEquals(List.of(), bench.central.daemons.deleted);
            bench.clock.advance(Duration.ofMinutes(2));
            dump(bench);
            assertEquals(4, bench.central.daemons.deleted.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatALostHostTookAwayIsOnAnotherOneAndTheRescueFileFollows(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.host.suspect-seconds", "60"))) {
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            dump(bench);
            TestMachine h3 = bench.host("h3");
            round(bench);
            assertEquals(Set.of(number(h1), number(h2)), bench.central.dumpHosts.shelves.keySet());
            assertTrue(Files.readString(rescue).contains("host " + number(h3) + " "), "hosts that came are named");

            bench.clock.advance(Duration.ofDays(8));
            report(bench, h2, h3);
            bench.central.hosts.noticeSilence();
            bench.central.dumpHosts.away.add(number(h1));
            bench.central.dumpHosts.shelves.get(number(h2)).replaceAll((id, octets) -> new byte[octets.length]);
            round(bench);
            Map<Long, Map<String, byte[]>> shelves = bench.central.dumpHosts.shelves;
            assertEquals(
                    shelves.get(number(h1)).keySet(), shelves.get(number(h3)).keySet());
            assertEquals(Set.of(), bench.central.alerts.lasting().keySet());
            bench.central.dumpHosts.away.add(number(h3));
            assertTrue(
                    tool(bench, "fetch", "--to", folder.resolve("to").toString())
                            .startsWith("0 "),
                    "what rotted on a host was written anew, from the dump in central's home");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDrainedHostIsEmptyOnlyWhenItsPiecesAreElsewhere(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            List.of(h1, h2).forEach(bench.central.daemons::run);
            Dump dump = dump(bench);
            Set<String> fragments =
                    Set.copyOf(bench.central.dumpHosts.shelves.get(number(h1)).keySet());
            bench.central.daemons.shelf(number(h1)).addAll(fragments);
            bench.central.repairs.decide(number(h1), true, "admin");
            round(bench);
            Drain begun = bench.central.repairs.drain(number(h1));
            assertEquals(2, begun.fragments(), "a piece and a slip");
            assertTrue(begun.bytes() > dump.octets());
            assertEquals(fragments, bench.central.daemons.shelf(number(h1)), "no other host takes them");

            Files.delete(folder.resolve("home/dumps/" + dump.name()));
            TestMachine h3 = bench.host("h3");
            round(bench);
            assertEquals(
                    fragments, bench.central.dumpHosts.shelves.get(number(h3)).keySet());
            assertEquals(0, bench.central.repairs.drain(number(h1)).fragments());
            assertEquals(fragments, bench.central.daemons.trash(number(h1)));
            bench.central.repairs.retire(number(h1), "admin");
            round(bench);
            assertTrue(tool(bench, "list").startsWith("0 " + dump.name()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDumpThatFoundTooFewHostsIsThereWhenTheyCome(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine h1 = bench.host("h1");
            Dump dump = dump(bench);
            assertEquals(1, bench.central.dumpHosts.shelves.get(number(h1)).size(), "a piece and no slip");
            round(bench);
            assertEquals(
                    Set.of(AlertKind.DUMP_ON_NO_HOSTS),
                    bench.central.alerts.lasting().keySet());
            bench.host("h2");
            round(bench);
            assertEquals(Set.of(), bench.central.alerts.lasting().keySet());
            assertTrue(tool(bench, "list").startsWith("0 " + dump.name()));
            int written = bench.central.dumpHosts.written;
            round(bench);
            assertEquals(written, bench.central.dumpHosts.written, "a round that finds all in order writes nothing");
        }
    }

    private static void round(Bench bench) {
        bench.central.spread.round(bench.central.dumps.list());
    }

    private static void report(Bench bench, TestMachine... hosts) {
        for (TestMachine host : hosts) {
            bench.central.heartbeats.report(host.id, host.heartbeat(10 * TestMachine.GIB));
        }
    }

    private static long number(TestMachine host) {
        return host.id.number();
    }
}
