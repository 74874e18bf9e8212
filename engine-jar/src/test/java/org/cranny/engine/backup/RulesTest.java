package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.exclude.Excludes;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.source.Source;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules leave out, and that a change of the rules is noticed although no file changed. */
class RulesTest {
    private static final String TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# made by a test\n";

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private Path data;
    private final List<String> unread = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        data = Files.createDirectories(folder.resolve("data"));
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
        for (String file :
                List.of("a.txt", "b.tmp", "sub/c.txt", "sub/d.tmp", "sub/deep/e.txt", "cache/f", "cache/g/h")) {
            Files.createDirectories(data.resolve(file).getParent());
            Files.writeString(data.resolve(file), file);
        }
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    @Test
    void leavesOutWhatPatternsSay() throws Exception {
        BackupOutcome outcome = backup(excludes("*.tmp", "cache/"));
        assertEquals(Set.of("a.txt", "sub", "sub/c.txt", "sub/deep", "sub/deep/e.txt"), names());
        assertEquals(3, outcome.files());
    }

    @Test
    void aRuleThatComesIsNoticedInFoldersThatDidNotChange() throws Exception {
        backup(Rules.NONE);
        backup(Rules.NONE);
        Set<String> all = names();
        assertTrue(all.contains("sub/d.tmp"));
        backup(excludes("*.tmp", "deep"));
        assertFalse(names().contains("sub/d.tmp"));
        assertFalse(names().contains("b.tmp"));
        assertFalse(names().contains("sub/deep"));
        backup(Rules.NONE);
        assertEquals(all, names());
        backup(excludes("e.txt"));
        assertFalse(names().contains("sub/deep/e.txt"));
        assertTrue(names().contains("sub/deep"));
        backup(Rules.NONE);
        assertEquals(all, names());
    }

    @Test
    void sameRulesAndSameFilesGiveTheSameTree() throws Exception {
        backup(excludes("*.tmp"));
        ChunkId first = newestData();
        BackupOutcome second = backup(excludes("*.tmp"));
        assertEquals(first, newestData());
        assertEquals(5, second.files());
    }

    @Test
    void aFileThatIsLeftOutMayChangeAtWill() throws Exception {
        backup(excludes("*.tmp"));
        ChunkId first = newestData();
        Files.writeString(data.resolve("sub/d.tmp"), "other");
        backup(excludes("*.tmp"));
        assertEquals(first, newestData());
    }

    @Test
    void foldersWithACacheTagKeepOnlyTheTag() throws Exception {
        Files.writeString(data.resolve("cache/CACHEDIR.TAG"), TAG);
        Files.writeString(data.resolve("sub/CACHEDIR.TAG"), "no signature");
        backup(Rules.NONE);
        assertTrue(names().contains("cache/g/h"));
        backup(new Rules(Excludes.NONE, true, Long.MAX_VALUE, false, List.of()));
        assertTrue(names().containsAll(List.of("cache", "cache/CACHEDIR.TAG", "sub/c.txt")));
        assertFalse(names().contains("cache/f"));
        assertFalse(names().contains("cache/g"));
    }

    @Test
    void largeFilesAreLeftOutUntilTheyAreAllowed() throws Exception {
        Files.write(data.resolve("sub/large"), new byte[5_000]);
        Files.write(data.resolve("sub/just"), new byte[4_000]);
        backup(new Rules(Excludes.NONE, false, 4_000, false, List.of()));
        assertFalse(names().contains("sub/large"));
        assertTrue(names().contains("sub/just"));
        backup(new Rules(Excludes.NONE, false, 5_000, false, List.of()));
        assertTrue(names().contains("sub/large"));
    }

    @Test
    void closedFoldersStayAndAreEmpty() throws Exception {
        Rules closed =
                new Rules(Excludes.NONE, false, Long.MAX_VALUE, false, List.of(PathBytes.of(data.resolve("sub"))));
        backup(closed);
        assertTrue(names().contains("sub"));
        assertFalse(names().contains("sub/c.txt"));
        ChunkId first = newestData();
        backup(closed);
        assertEquals(first, newestData());
        backup(Rules.NONE);
        assertTrue(names().contains("sub/deep/e.txt"));
    }

    @Test
    void otherFileSystemsStayEmpty() throws Exception {
        Rules one = new Rules(Excludes.NONE, false, Long.MAX_VALUE, true, List.of());
        Stat here = stat(data);
        Stat there = stat(Path.of("/proc/self"));
        byte[] path = {'x'};
        assertTrue(new Filter(one, here, List.of(here)).enters(path, here));
        assertFalse(new Filter(one, here, List.of(here)).enters(path, there));
        assertTrue(new Filter(one, here, List.of(here, there)).enters(path, there), "it is named too");
        backup(one);
        assertTrue(names().contains("sub/deep/e.txt"));
    }

    private static Stat stat(Path path) throws IOException {
        return Posix.here().stat(Posix.CWD, PathBytes.of(path.toRealPath()));
    }

    @Test
    void whatIsNamedIsTakenWhateverPatternsSay() throws Exception {
        run(excludes("sub", "*.tmp"), data.resolve("sub"), data.resolve("b.tmp"));
        assertEquals(Set.of("b.tmp", "sub", "sub/c.txt", "sub/deep", "sub/deep/e.txt"), names());
    }

    @Test
    void countsOnlyWhatIsTaken() throws Exception {
        Totalling listener = new Totalling();
        BackupRequest request = request(excludes("*.tmp", "cache"), true, data);
        BackupOutcome outcome = engine().run(request, listener);
        assertEquals(3, outcome.files());
        while (listener.totals.isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals(3, listener.totals.get(listener.totals.size() - 1));
    }

    @Test
    void whatTheLastBackupFoundIsNotCountedAgain() throws Exception {
        run(excludes("*.tmp", "cache"), data);
        Totalling listener = new Totalling();
        engine().run(request(excludes("*.tmp", "cache", "deep"), true, data), listener);
        assertEquals(List.of(3L), listener.totals);
        Totalling other = new Totalling();
        engine().run(request(Rules.NONE, true, data.resolve("cache")), other);
        while (other.totals.isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals(List.of(2L), other.totals, "other paths are counted");
    }

    private static final class Totalling implements BackupListener {
        private final List<Long> totals = Collections.synchronizedList(new ArrayList<>());

        @Override
        public boolean wantsTotal() {
            return true;
        }

        @Override
        public void total(long files, long bytes) {
            totals.add(files);
        }
    }

    private BackupOutcome backup(Rules rules) throws Exception {
        return run(rules, data);
    }

    private BackupOutcome run(Rules rules, Path... paths) throws Exception {
        return engine().run(request(rules, false, paths), BackupListener.SILENT);
    }

    private static BackupRequest request(Rules rules, boolean dryRun, Path... paths) {
        List<byte[]> octets = Arrays.stream(paths).map(PathBytes::of).toList();
        return new BackupRequest(new Label(octets, "test", List.of(), ""), dryRun, rules, Compression.USUAL, 0);
    }

    private Backup engine() {
        // An hour ahead, so that no file is too young to be trusted.
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        return new Backup(
                source, realm, realm, realm.masterFile(), realm.catalogueKey(), packs(), clock, TestRealm.random());
    }

    private HostPacks packs() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> unread.add(reason));
    }

    private static Rules excludes(String... patterns) {
        List<byte[]> octets = Arrays.stream(patterns)
                .map(pattern -> pattern.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new Rules(Excludes.NONE.and(octets), false, Long.MAX_VALUE, false, List.of());
    }

    /** The node of the data: folders above it belong to others too. */
    private ChunkId newestData() throws Exception {
        try (ChunkReader nodes = new ChunkReader(source, packs())) {
            SnapshotTree tree = new SnapshotTree(source.snapshots().newest().orElseThrow(), nodes);
            return ((Thing.Directory)
                            tree.find(PathBytes.of(data)).orElseThrow().thing())
                    .node();
        }
    }

    /** All that the newest snapshot has below the data, relative to it. */
    private Set<String> names() throws Exception {
        try (ChunkReader nodes = new ChunkReader(source, packs())) {
            SnapshotTree tree = new SnapshotTree(source.snapshots().newest().orElseThrow(), nodes);
            Entry top = tree.find(PathBytes.of(data)).orElseThrow();
            Set<String> names = new TreeSet<>();
            collect(tree, ((Thing.Directory) top.thing()).node(), "", names);
            return names;
        }
    }

    private static void collect(SnapshotTree tree, ChunkId node, String above, Set<String> names) throws Exception {
        for (Entry entry : Nodes.list(node, tree.nodes())) {
            String name = above + new String(entry.name(), StandardCharsets.UTF_8);
            names.add(name);
            if (entry.thing() instanceof Thing.Directory directory) {
                collect(tree, directory.node(), name + "/", names);
            }
        }
    }
}
