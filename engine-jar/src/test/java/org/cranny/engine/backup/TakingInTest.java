package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.ArchiveListener;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream becomes the one file of a snapshot, or there is none. */
class TakingInTest {
    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;

    @BeforeEach
    void begin() throws Exception {
        realm = new TestRealm(folder.toRealPath().resolve("realm"), 2);
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    @Test
    void comesBackAsItCameInAndTheSameAgainSendsNothingButItsTree() throws Exception {
        byte[] dump = noise(20 << 20, 1);
        AtomicLong told = new AtomicLong();
        BackupListener listener = new BackupListener() {
            @Override
            public void file(long bytes) {
                told.addAndGet(bytes);
            }

            @Override
            public void part(long bytes) {
                told.addAndGet(bytes);
            }
        };
        BackupOutcome first = takeIn(new ByteArrayInputStream(dump), listener, false);
        assertEquals(1, first.files());
        assertEquals(dump.length, first.bytes());
        assertEquals(dump.length, told.get());
        assertArrayEquals(dump, content("dumps/db.sql"));

        byte[] longer = Arrays.copyOf(dump, dump.length + 7);
        BackupOutcome second = takeIn(new ByteArrayInputStream(longer), BackupListener.SILENT, false);
        assertTrue(second.storedBytes() < 5 << 20, second::toString);
        assertArrayEquals(longer, content("dumps/db.sql"));
    }

    @Test
    void nothingAtAllIsAFileToo() throws Exception {
        takeIn(InputStream.nullInputStream(), BackupListener.SILENT, false);
        assertEquals(0, content("dumps/db.sql").length);
    }

    @Test
    void whatBreaksOffIsNoSnapshotAndWhatCameIsNotSentAgain() throws Exception {
        byte[] dump = noise(90 << 20, 2);
        CountDownLatch stored = new CountDownLatch(1);
        BackupListener listener = new BackupListener() {
            @Override
            public void stored(long bytes, int copies) {
                stored.countDown();
            }
        };
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(dump, 0, 84 << 20), new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    assertTrue(stored.await(1, TimeUnit.MINUTES), "no pack was sent");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("it ended with 3");
            }
        });
        assertThrows(IOException.class, () -> takeIn(broken, listener, false));
        assertEquals(List.of(), source.snapshots().list());
        long sent = realm.bytesPut.get();

        takeIn(new ByteArrayInputStream(dump), BackupListener.SILENT, false);
        assertTrue(realm.bytesPut.get() - sent < 2L * dump.length, "packs that were whole are not sent again");
        assertArrayEquals(dump, content("dumps/db.sql"));
    }

    @Test
    void doesNotMakeASnapshotOfASecondReadingWhenPacksAreGone() throws Exception {
        byte[] dump = noise(8 << 20, 3);
        takeIn(new ByteArrayInputStream(dump), BackupListener.SILENT, false);
        List<String> kept = source.snapshots().packSet(newest()).keySet().stream()
                .map(FragmentId::toString)
                .toList();
        InputStream losing = new FilterInputStream(new ByteArrayInputStream(Arrays.copyOf(dump, dump.length + 1))) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                realm.gone.addAll(kept);
                return super.read(into, from, length);
            }
        };
        IOException failed = assertThrows(IOException.class, () -> takeIn(losing, BackupListener.SILENT, false));
        assertTrue(failed.getMessage().contains("second time"), failed::getMessage);
        assertEquals(1, source.snapshots().list().size());

        takeIn(new ByteArrayInputStream(dump), BackupListener.SILENT, false);
        assertArrayEquals(dump, content("dumps/db.sql"));
    }

    @Test
    void aDryRunReadsAndKeepsNothing() throws Exception {
        BackupOutcome outcome = takeIn(new ByteArrayInputStream(noise(1 << 20, 4)), BackupListener.SILENT, true);
        assertTrue(outcome.newBytes() >= 1 << 20);
        assertEquals(0, realm.bytesPut.get());
    }

    @Test
    void itsLabelSaysThatThereIsNothingToLookAtAgain() throws Exception {
        takeIn(InputStream.nullInputStream(), BackupListener.SILENT, false);
        Manifest manifest = newest().manifest();
        assertFalse(LabelSeal.open(manifest.label(), source.keys(), manifest.source(), manifest.version())
                .isOfFiles());
    }

    // ---- doing it

    private BackupOutcome takeIn(InputStream octets, BackupListener listener, boolean dryRun)
            throws IOException, InterruptedException {
        Label label = new Label(List.of("dumps/db.sql".getBytes(StandardCharsets.UTF_8)), "db", List.of(), "");
        return new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        hosts(),
                        Clock.systemUTC(),
                        TestRealm.random())
                .takeIn(new BackupRequest(label, dryRun, Rules.NONE, Compression.USUAL, 0, 3), octets, listener);
    }

    private HostPacks hosts() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private Snapshot newest() throws IOException {
        return source.snapshots().newest().orElseThrow();
    }

    private byte[] content(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Archive(source, hosts())
                .writeFile(newest(), ("/" + name).getBytes(StandardCharsets.UTF_8), out, new ArchiveListener() {});
        return out.toByteArray();
    }

    private static byte[] noise(int octets, long seed) {
        byte[] noise = new byte[octets];
        new Random(seed).nextBytes(noise);
        return noise;
    }
}
