package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.rebuild.Rebuilt;
import org.cranny.engine.rebuild.Recall;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Signpost;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.source.LocalPacks;
import org.cranny.engine.source.Source;
import org.cranny.protocol.octets.MalformedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the keys and what was known in January finds the backup of June on the hosts. */
class RecallTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private KeyRing keys;
    private Path data;
    private Path kit;

    @BeforeEach
    void backUpMakeAKitAndBackUpTwiceMore() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        data = Files.createDirectories(folder.resolve("data"));
        keys = KeyRing.create(realm.identity().system(), TestRealm.random());
        source = Source.open(folder.resolve("home"), realm.identity(), keys);
        noise("january", 1, 1);
        backup();
        kit = folder.resolve("kit");
        Files.createDirectories(kit.resolve("snapshots"));
        Files.copy(source.home().resolve("holdings"), kit.resolve("holdings"));
        Files.copy(
                source.home().resolve("snapshots/0000000001.manifest"), kit.resolve("snapshots/0000000001.manifest"));
        noise("may", 1, 2);
        backup();
        noise("june", 1, 3);
        backup();
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    @Test
    void findsAndRestoresWhatIsNewerThanWhatItKnew() throws Exception {
        Recall.Found found = recall();
        assertEquals(List.of(), found.troubles());
        assertEquals(
                source.snapshots().list().stream().skip(1).map(Snapshot::id).toList(),
                found.snapshots().stream().map(Snapshot::id).toList());
        assertRestores();
    }

    @Test
    void oneHostOfThoseThatHaveASignpostIsEnough() throws Exception {
        realm.kill(2);
        Recall.Found found = recall();
        assertEquals(2, found.snapshots().size());
        assertTrue(
                found.troubles().get(0).contains("ws-2"), () -> found.troubles().toString());
    }

    @Test
    void aDamagedSignpostIsNotBelievedAndTheOtherCopyIs() throws Exception {
        for (Path post : signposts(2)) {
            byte[] octets = Files.readAllBytes(post);
            octets[octets.length - 1] ^= 1;
            Files.write(post, octets);
        }
        assertEquals(2, recall().snapshots().size());
    }

    @Test
    void aVersionThatIsNowhereEndsIt() throws Exception {
        for (long host : realm.masterFile().keySet()) {
            for (Path post : signposts(host)) {
                if (head(post).version() == 2) {
                    Files.delete(post);
                }
            }
        }
        Recall.Found found = recall();
        assertEquals(List.of(), found.snapshots());
        assertTrue(found.troubles().get(0).contains("version 2"), () -> found.troubles()
                .toString());
    }

    @Test
    void signpostsOpenWithTheirOwnKeysAloneAndEveryAlteredBitIsSeen() throws Exception {
        Path post = signposts(2).isEmpty() ? signposts(3).get(0) : signposts(2).get(0);
        byte[] good = Files.readAllBytes(post);
        Signpost.open(good, keys, source.system());
        KeyRing others = KeyRing.create(realm.identity().system(), TestRealm.random());
        assertThrows(MalformedException.class, () -> Signpost.open(good, others, source.system()));
        for (int bit = 0; bit < good.length * 8; bit += 37) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThrows(MalformedException.class, () -> Signpost.open(bad, keys, source.system()));
        }
    }

    @Test
    void theListOfHostsComesWithIt() {
        Optional<String> hosts =
                new Recall(realm, keys, source.system()).ask(realm.masterFile().values(), 1);
        assertEquals("the hosts", hosts.orElseThrow());
        assertEquals(
                Optional.empty(),
                new Recall(realm, keys, source.system()).ask(realm.masterFile().values(), 3));
    }

    // ---- doing it

    private Recall.Found recall() throws IOException {
        Snapshots snapshots = new Snapshots(
                kit.resolve("snapshots"), source.identity().certificate().getPublicKey());
        Recall recall = new Recall(realm, keys, source.system());
        recall.ask(realm.masterFile().values(), 1);
        try (Holdings holdings = Holdings.open(kit.resolve("holdings"))) {
            return recall.take(snapshots, holdings);
        }
    }

    private static Signpost.Head head(Path file) throws IOException {
        return Signpost.Head.read(Files.readAllBytes(file)).orElseThrow();
    }

    private List<Path> signposts(long host) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : realm.fragments(host)) {
            if (Signpost.isOne(Files.size(file))) {
                found.add(file);
            }
        }
        return found;
    }

    private void assertRestores() throws Exception {
        Rebuilt.Order order = new Rebuilt.Order(
                kit,
                source.system(),
                List.of(source.identity().certificate().getPublicKey()),
                keys,
                LocalPacks.in(kit.resolve("packs")));
        Rebuilt.rebuild(
                order,
                Remembered.NOTHING,
                holdings -> new HostPacks(holdings, realm.masterFile(), realm, (host, pack, reason) -> {}),
                RebuildListener.SILENT);
        try (Rebuilt rebuilt = Rebuilt.open(order)) {
            Path target = Files.createTempDirectory(folder, "out");
            RestoreRequest request = new RestoreRequest(
                    rebuilt.snapshots().find("latest"),
                    List.of(),
                    target,
                    Overwrite.REFUSE,
                    false,
                    TargetRules.FAITHFUL);
            HostPacks hosts = new HostPacks(rebuilt.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
            assertEquals(
                    0,
                    new Restore(rebuilt, hosts)
                            .run(request, RestoreListener.SILENT)
                            .failed());
            Path restored = target.resolve(folder.getRoot().relativize(data));
            for (String name : List.of("january", "may", "june")) {
                assertEquals(-1, Files.mismatch(data.resolve(name), restored.resolve(name)));
            }
        }
    }

    private void noise(String name, int mebibytes, long seed) throws IOException {
        byte[] octets = new byte[mebibytes * MIB];
        new Random(seed).nextBytes(octets);
        Files.write(data.resolve(name), octets);
    }

    private void backup() throws IOException, InterruptedException {
        new Backup(
                        source,
                        new OwnCatalogue("the hosts"),
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {}),
                        Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)),
                        TestRealm.random())
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), BackupListener.SILENT);
    }
}
