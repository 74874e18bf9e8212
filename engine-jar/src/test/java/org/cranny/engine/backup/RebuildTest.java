package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.PackKeys;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.placement.Places;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.rebuild.RebuildOutcome;
import org.cranny.engine.rebuild.Rebuilt;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.source.LocalPacks;
import org.cranny.engine.source.Records;
import org.cranny.engine.source.Source;
import org.cranny.protocol.snapshot.Placement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source's home is gone; its key ring and what central knows are enough. */
class RebuildTest {
    @TempDir
    Path folder;

    private TestRealm realm;
    private KeyRing keys;
    private Path data;

    @BeforeEach
    void makeTwoSnapshotsAndLoseTheHome() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        keys = KeyRing.create(realm.identity().system(), TestRealm.random());
        data = Files.createDirectories(folder.resolve("data"));
        for (int i = 0; i < 50; i++) {
            Files.write(data.resolve("file-" + i), random(i * 31, i));
        }
        Files.write(data.resolve("big"), random(20 << 20, 99));
        backUp();
        Files.write(data.resolve("later"), random(500_000, 77));
        backUp();
        delete(folder.resolve("home"));
    }

    @Test
    void bringsEverySnapshotBackFromKeysAndCentral() throws Exception {
        RebuildOutcome outcome = rebuild(keys, RebuildListener.SILENT);
        assertEquals(2, outcome.snapshots());
        assertEquals(0, outcome.unknown());
        assertTrue(outcome.packs() > 2);
        assertEquals(0, restore("latest", "out").failed());
        for (String name : List.of("file-7", "big", "later")) {
            assertArrayEquals(Files.readAllBytes(data.resolve(name)), Files.readAllBytes(restored("out", name)));
        }
    }

    @Test
    void asksHostsForIndexPacksThatCentralDoesNotHave() throws Exception {
        realm.centralHasNoPacks = true;
        assertEquals(0, rebuild(keys, RebuildListener.SILENT).unknown());
        assertEquals(0, restore("latest", "out").failed());
        assertArrayEquals(Files.readAllBytes(data.resolve("big")), Files.readAllBytes(restored("out", "big")));
    }

    @Test
    void worksWithAnyOneHostDead() throws Exception {
        realm.centralHasNoPacks = true;
        for (long host : List.of(2L, 3L, 4L)) {
            realm.kill(host);
            delete(folder.resolve("again"));
            assertEquals(0, rebuild(keys, RebuildListener.SILENT).unknown());
            assertEquals(0, restore("latest", "without-" + host).failed());
            realm.revive(host);
        }
    }

    @Test
    void listsFilesWithBrowseKeysAndOpensNoData() throws Exception {
        PackKeys browse = keys.browseKeys();
        assertEquals(0, rebuild(browse, RebuildListener.SILENT).unknown());
        try (Rebuilt records = Rebuilt.open(order(browse));
                ChunkReader chunks = new ChunkReader(records, packs(records.holdings()))) {
            SnapshotTree tree = new SnapshotTree(records.snapshots().find("latest"), chunks);
            assertTrue(tree.find(PathBytes.of(data.resolve("later"))).isPresent());
        }
        assertTrue(restoreWith(browse, "latest", "out").failed() > 0);
    }

    @Test
    void aSecondRebuildChangesNothing() throws Exception {
        RebuildOutcome first = rebuild(keys, RebuildListener.SILENT);
        realm.bytesRead.set(0);
        assertEquals(first, rebuild(keys, RebuildListener.SILENT));
        assertEquals(0, realm.bytesRead.get());
    }

    @Test
    void takesDamagedManifestsFromCentralAgain() throws Exception {
        rebuild(keys, RebuildListener.SILENT);
        Path snapshots = folder.resolve("again/snapshots");
        for (String each : List.of("0000000001.manifest", "0000000002.manifest", "0000000002.committed")) {
            byte[] octets = Files.readAllBytes(snapshots.resolve(each));
            octets[octets.length / 2] ^= 1;
            Files.write(snapshots.resolve(each), octets);
        }
        IOException damaged = assertThrows(IOException.class, () -> restore("latest", "none"));
        assertTrue(damaged.getMessage().contains("cranny rebuild-index"), damaged::getMessage);

        assertEquals(2, rebuild(keys, RebuildListener.SILENT).snapshots());
        assertEquals(0, restore("latest", "out").failed());
    }

    @Test
    void aDamagedManifestThatNobodyElseHasIsNoSnapshotAnyMoreAndTheOthersStay() throws Exception {
        rebuild(keys, RebuildListener.SILENT);
        Path manifest = folder.resolve("again/snapshots/0000000002.manifest");
        Files.write(manifest, Arrays.copyOf(Files.readAllBytes(manifest), 40));
        List<Long> lost = new ArrayList<>();
        RebuildOutcome outcome = Rebuilt.rebuild(order(keys), Remembered.NOTHING, this::packs, new RebuildListener() {
            @Override
            public void lost(long version) {
                lost.add(version);
            }
        });
        assertEquals(List.of(2L), lost);
        assertEquals(1, outcome.snapshots());
        assertEquals(0, restore("latest", "out").failed());
    }

    @Test
    void noticesThatTheRecordOfHoldersLostItsEndAndLearnsThemAgain() throws Exception {
        rebuild(keys, RebuildListener.SILENT);
        Path home = folder.resolve("again");
        keepRecords(home.resolve("holdings"), 2);
        int notHandedOver;
        try (Source source = Source.open(home, realm.identity(), keys)) {
            assertFalse(source.knowsHolders());
            notHandedOver = source.holdings().unregisteredCount();
            String after = null;
            for (List<Placement> page = placements(after); !page.isEmpty(); page = placements(after)) {
                for (Placement each : page) {
                    source.holdings().learn(Places.of(each), true);
                    after = each.pack();
                }
            }
        }
        try (Source source = Source.open(home, realm.identity(), keys)) {
            assertTrue(source.knowsHolders());
            assertEquals(
                    notHandedOver, source.holdings().unregisteredCount(), "what central told is handed over to it");
        }
    }

    /** Cuts a record of holders after so many of its records. That central knows a pack stands in one of its own. */
    private static void keepRecords(Path file, int records) throws IOException {
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < records; i++) {
                int length = all.readInt();
                all.seek(all.getFilePointer() + length + Integer.BYTES);
            }
            all.setLength(all.getFilePointer());
        }
    }

    private List<Placement> placements(String after) throws IOException {
        return realm.placements(after, 2).packs();
    }

    @Test
    void refusesManifestsThatTheSourceDidNotSign() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        PublicKey stranger = generator.generateKeyPair().getPublic();
        assertThrows(
                IOException.class,
                () -> Rebuilt.rebuild(order(keys, List.of(stranger)), realm, this::packs, RebuildListener.SILENT));
        assertEquals(
                2,
                Rebuilt.rebuild(order(keys, List.of(stranger, sourceKey())), realm, this::packs, RebuildListener.SILENT)
                        .snapshots());
    }

    @Test
    void theSourceGoesOnBackingUpWithWhatWasRebuilt() throws Exception {
        Path home = folder.resolve("again");
        rebuild(keys, RebuildListener.SILENT);
        realm.bytesPut.set(0);
        try (Source source = Source.open(home, realm.identity(), keys)) {
            backUp(source);
            assertEquals(3, source.snapshots().list().size());
            assertFalse(source.snapshots().find("latest").manifest().added().stream()
                    .anyMatch(pack -> pack.packClass() == org.cranny.protocol.snapshot.PackClass.DATA));
        }
    }

    @Test
    void aSourceThatKnowsNoCentralNeedsOnlyItsManifestsAndHoldings() throws Exception {
        realm.centralAway = true;
        Path alone = folder.resolve("alone");
        try (Source source = Source.open(alone, realm.identity(), keys)) {
            assertTrue(backUp(source, new OwnCatalogue("")).committed());
            Files.write(data.resolve("much-later"), random(400_000, 78));
            BackupOutcome second = backUp(source, new OwnCatalogue(""));
            assertEquals(2, second.version());
            assertTrue(second.committed());
            assertEquals(2, source.epoch());
        }
        delete(alone.resolve("index"));
        delete(alone.resolve("packs"));
        Rebuilt.Order order = new Rebuilt.Order(
                alone, realm.identity().system(), List.of(sourceKey()), keys, LocalPacks.in(alone.resolve("packs")));
        RebuildOutcome outcome = Rebuilt.rebuild(order, Remembered.NOTHING, this::packs, RebuildListener.SILENT);
        assertEquals(0, outcome.unknown());
        try (Source source = Source.open(alone, realm.identity(), keys)) {
            assertEquals(0, restore(source, "latest", "out").failed());
        }
        assertArrayEquals(
                Files.readAllBytes(data.resolve("much-later")), Files.readAllBytes(restored("out", "much-later")));
    }

    /** Nothing here remembers the headers of packs any more, so hosts have to prove them. */
    @Test
    void aHostThatSendsAnotherPackOfTheSameSourceIsNotBelievedWithoutAnIndexEither() throws Exception {
        realm.centralAway = true;
        realm.centralHasNoPacks = true;
        Path alone = folder.resolve("alone");
        try (Source source = Source.open(alone, realm.identity(), keys)) {
            for (int version = 0; version < 3; version++) {
                assertTrue(backUp(source, new OwnCatalogue("")).committed());
                Files.write(data.resolve("noise"), random(2 << 20, 1_000 + version));
            }
        }
        byte[] noise = random(2 << 20, 1_001);
        Rebuilt.Order order = new Rebuilt.Order(
                alone, realm.identity().system(), List.of(sourceKey()), keys, LocalPacks.in(alone.resolve("packs")));
        for (long liar : realm.masterFile().keySet()) {
            realm.swappers.clear();
            realm.swappers.add(liar);
            delete(alone.resolve("index"));
            delete(alone.resolve("packs"));
            assertEquals(
                    0,
                    Rebuilt.rebuild(order, Remembered.NOTHING, this::packs, RebuildListener.SILENT)
                            .unknown());
            try (Source source = Source.open(alone, realm.identity(), keys)) {
                assertEquals(0, restore(source, "latest", "out-" + liar).failed());
            }
            assertArrayEquals(noise, Files.readAllBytes(restored("out-" + liar, "noise")));
        }
    }

    private RebuildOutcome rebuild(PackKeys with, RebuildListener listener) throws IOException {
        return Rebuilt.rebuild(order(with), realm, this::packs, listener);
    }

    private Rebuilt.Order order(PackKeys with) {
        return order(with, List.of(sourceKey()));
    }

    private Rebuilt.Order order(PackKeys with, List<PublicKey> signers) {
        Path home = folder.resolve("again");
        return new Rebuilt.Order(home, realm.identity().system(), signers, with, LocalPacks.in(home.resolve("packs")));
    }

    private PublicKey sourceKey() {
        return realm.identity().certificate().getPublicKey();
    }

    private PackSource packs(Holdings holdings) {
        return new HostPacks(holdings, realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private RestoreOutcome restore(String snapshot, String target) throws IOException, InterruptedException {
        return restoreWith(keys, snapshot, target);
    }

    private RestoreOutcome restoreWith(PackKeys with, String snapshot, String target)
            throws IOException, InterruptedException {
        try (Rebuilt records = Rebuilt.open(order(with))) {
            return restore(records, snapshot, target);
        }
    }

    private RestoreOutcome restore(Records records, String snapshot, String target)
            throws IOException, InterruptedException {
        RestoreRequest request = new RestoreRequest(
                records.snapshots().find(snapshot),
                List.of(),
                folder.resolve(target),
                Overwrite.REFUSE,
                false,
                TargetRules.FAITHFUL);
        return new Restore(records, packs(records.holdings())).run(request, RestoreListener.SILENT);
    }

    private Path restored(String target, String name) {
        return folder.resolve(target).resolve(folder.getRoot().relativize(data)).resolve(name);
    }

    private void backUp() throws IOException, InterruptedException {
        try (Source source = Source.open(folder.resolve("home"), realm.identity(), keys)) {
            backUp(source);
        }
    }

    private void backUp(Source source) throws IOException, InterruptedException {
        backUp(source, realm);
    }

    private BackupOutcome backUp(Source source, Catalogue catalogue) throws IOException, InterruptedException {
        return new Backup(
                        source,
                        catalogue,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        packs(source.holdings()),
                        Clock.systemUTC(),
                        TestRealm.random())
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), new BackupListener() {});
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
