package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.util.ZstdVersion;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.KilledJvm.End;
import org.cranny.protocol.kill.KilledJvm.Seen;
import org.cranny.protocol.kill.KilledJvm.Whole;
import org.cranny.protocol.kill.Kills;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source that is killed with SIGKILL at its system calls, one after the other: what was reported done is there and
 * comes back octet for octet, and the next backup goes on without anybody's help.
 */
class KillsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int KILLS_IN_ONE_REALM = 25;
    private static final int FILES = 12;
    private static final int CHANGED_FILES = 4;
    private static final int SMALL_FILE = 100_000;

    /** What changes is more than fits into one pack. */
    private static final int LARGE_FILE = 6_000_000;

    /** Packs that may be under way at once; what was on its way when the source died is sent again. */
    private static final int UNDER_WAY = 2;

    private static final String REALM = "realm-";
    private static final String JNA = "libjnidispatch.so";
    private static final String ZSTD = "libzstd.so";

    @TempDir
    private Path folder;

    private Path libraries;

    /** Where a backup may stop: docs/reliability.md. */
    private enum Step {
        S0_TURN,
        S1_PACK_IN_THE_SPOOL,
        S2_FRAGMENT_ON_A_HOST,
        S3_RECEIPT_AND_HOLDERS,
        S4_TREE_AND_INDEX_PACKS,
        S5_COMMIT,
        S6_SNAPSHOT_KEPT,
        S7_SPOOL_AND_JOURNAL_EMPTIED;

        static Optional<Step> of(Seen seen) {
            String[] parts = seen.path().split("/" + REALM + "[0-9]+/");
            return parts.length < 2 || parts[1].startsWith("jvm")
                    ? Optional.empty()
                    : Optional.of(of(seen.point().call(), Path.of(parts[1])));
        }

        private static Step of(String call, Path path) {
            boolean inHome = path.startsWith("home") && path.getNameCount() > 1;
            return switch (path.getName(inHome ? 1 : 0).toString()) {
                case "home", "epoch", "epoch.part", "released", "moves", "moves.part" -> S0_TURN;
                case "spool" -> call.startsWith("unlink") ? S7_SPOOL_AND_JOURNAL_EMPTIED : S1_PACK_IN_THE_SPOOL;
                case "fragments" -> S2_FRAGMENT_ON_A_HOST;
                case "journal" -> call.startsWith("unlink") ? S7_SPOOL_AND_JOURNAL_EMPTIED : S3_RECEIPT_AND_HOLDERS;
                case "holdings", "registered", "index" -> S3_RECEIPT_AND_HOLDERS;
                case "packs", "kept", "cache" -> S4_TREE_AND_INDEX_PACKS;
                case "commits" -> S5_COMMIT;
                case "snapshots" -> S6_SNAPSHOT_KEPT;
                default -> throw new AssertionError("no step writes " + path);
            };
        }
    }

    private final Random random = new Random(Long.getLong("cranny.kills.seed", 1));
    private final Kills<Step> kills = new Kills<>(
            Step.class, Step::of, Integer.getInteger("cranny.kills", LONG ? 1_000 : 5), LONG ? 50 : 0, random);
    private int mostInVain;
    private int restored;

    @Test
    void nothingThatWasReportedDoneIsLostWhereverTheSourceDies() throws Exception {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        folder = folder.toRealPath();
        libraries = Files.createDirectory(folder.resolve("libraries"));
        unpack("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + JNA, JNA);
        unpack("/linux/" + System.getProperty("os.arch") + "/libzstd-jni-" + ZstdVersion.VERSION + ".so", ZSTD);
        for (int number = 0; !kills.enough(); number++) {
            inOneRealm(folder.resolve(REALM + number));
        }
        System.out.printf(
                "a source: %s; %d snapshots restored; at most %d packs sent in vain%n", kills, restored, mostInVain);
    }

    private void unpack(String resource, String name) throws IOException {
        try (InputStream in = KillsTest.class.getResourceAsStream(resource)) {
            Files.copy(in, libraries.resolve(name));
        }
    }

    private void inOneRealm(Path home) throws Exception {
        FolderRealm realm = FolderRealm.create(home);
        Realm here = new Realm(realm, home, random.nextInt(8) == 0 ? LARGE_FILE : SMALL_FILE);
        here.change();
        here.goOn(null);
        here.change();
        Whole whole = here.jvm().live();
        here.hear(whole.said());
        kills.learn(whole.points());
        for (int times = 0; times < KILLS_IN_ONE_REALM && !kills.enough(); times++) {
            here.change();
            End end = here.jvm().dieAt(kills.aim());
            here.hear(end.said());
            kills.count(end);
            if (random.nextInt(3) > 0) {
                here.goOn(end);
            }
        }
        here.goOn(null);
        here.everythingComesBack();
        delete(home);
    }

    /** What is known of one realm outside of the process that is killed. */
    private final class Realm {
        private final FolderRealm realm;
        private final Path home;
        private final List<Map<String, FragmentId>> attempts = new ArrayList<>();
        private final Map<String, Integer> done = new HashMap<>();
        private final Set<String> inVain = new HashSet<>();
        private final int fileLength;
        private int restores;

        Realm(FolderRealm realm, Path home, int fileLength) throws IOException {
            this.realm = realm;
            this.home = home;
            this.fileLength = fileLength;
            Files.createDirectory(home.resolve("jvm"));
        }

        KilledJvm jvm() {
            return new KilledJvm(
                    home.resolve("jvm"),
                    List.of(
                            "-Djna.boot.library.path=" + libraries,
                            "-Djna.nounpack=true",
                            "-DZstdNativePath=" + libraries.resolve(ZSTD)),
                    KilledBackup.class,
                    List.of(home.toString()));
        }

        /** Always as much, so that every backup makes about the same calls. */
        void change() throws IOException {
            for (int i = 0; i < CHANGED_FILES; i++) {
                byte[] octets = new byte[fileLength];
                random.nextBytes(octets);
                Files.write(realm.data().resolve("f" + (attempts.size() * CHANGED_FILES + i) % FILES), octets);
            }
            Files.writeString(realm.data().resolve("attempt"), Integer.toString(attempts.size()));
            attempts.add(tree(realm.data()));
        }

        void hear(List<String> said) {
            said.stream()
                    .filter(line -> line.startsWith("done "))
                    .forEach(line -> done.put(line.substring(5), attempts.size() - 1));
        }

        /**
         * The next backup, with nothing done in between.
         *
         * @param end how the last one ended, null when it does not matter
         */
        void goOn(End end) throws Exception {
            try (Source source = realm.source()) {
                Set<String> before = packs();
                BackupOutcome outcome = KilledBackup.run(realm, source);
                assertTrue(outcome.committed());
                done.put(outcome.snapshot(), attempts.size() - 1);
                if (end != null && end.killed()) {
                    countInVain(source, before);
                }
                if (random.nextInt(4) == 0) {
                    restore(source, source.snapshots().newest().orElseThrow());
                }
            }
        }

        private Set<String> packs() throws IOException {
            return realm.fragments().stream()
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }

        /** Packs that were on hosts before and that no snapshot needs were sent in vain. */
        private void countInVain(Source source, Set<String> before) throws IOException {
            Set<String> needed = new HashSet<>();
            for (Snapshot snapshot : source.snapshots().list()) {
                snapshot.manifest()
                        .added()
                        .forEach(entry -> needed.add(entry.pack().toString()));
            }
            before.removeAll(needed);
            before.removeAll(inVain);
            inVain.addAll(before);
            mostInVain = Math.max(mostInVain, before.size());
            assertTrue(before.size() <= UNDER_WAY, () -> before.size() + " packs were sent in vain");
        }

        void everythingComesBack() throws Exception {
            for (Path fragment : realm.fragments()) {
                assertEquals(
                        fragment.getFileName().toString(),
                        FragmentHasher.of(Files.readAllBytes(fragment)).toString());
            }
            try (Source source = realm.source()) {
                List<Snapshot> all = source.snapshots().list();
                Set<String> there = all.stream().map(Snapshot::id).collect(Collectors.toSet());
                assertTrue(there.containsAll(done.keySet()), "a snapshot that was reported done is gone");
                for (Snapshot snapshot : all) {
                    restore(source, snapshot);
                }
            }
        }

        private void restore(Source source, Snapshot snapshot) throws Exception {
            Path target = home.resolve("restored" + restores++);
            RestoreOutcome outcome = new Restore(
                            source,
                            new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {}))
                    .run(
                            new RestoreRequest(
                                    snapshot, List.of(), target, Overwrite.REFUSE, false, TargetRules.FAITHFUL),
                            RestoreListener.SILENT);
            assertEquals(0, outcome.failed());
            Path data = target.resolve(home.getRoot().relativize(realm.data()));
            int attempt = Integer.parseInt(Files.readString(data.resolve("attempt")));
            assertEquals(done.getOrDefault(snapshot.id(), attempt), attempt, "another attempt than was reported");
            assertEquals(attempts.get(attempt), tree(data));
            restored++;
            delete(target);
        }
    }

    private static Map<String, FragmentId> tree(Path folder) throws IOException {
        Map<String, FragmentId> tree = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                tree.put(file.getFileName().toString(), FragmentHasher.of(Files.readAllBytes(file)));
            }
        }
        return tree;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> {
                try {
                    Files.delete(each);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
