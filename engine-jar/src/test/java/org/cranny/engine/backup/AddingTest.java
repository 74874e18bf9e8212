package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.ArchiveListener;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are handed over join the newest snapshot, and what it has already stays in it. */
class AddingTest {
    private static final Instant THEN = Instant.parse("2024-02-29T12:00:00.123456789Z");

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private Path spool;

    @BeforeEach
    void begin() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 2);
        spool = Files.createDirectories(folder.resolve("spool"));
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
    void whatWasAddedBeforeStaysThoughItLiesNowhereElseAnyMore() throws Exception {
        byte[] film = noise(3 << 20, 1);
        add(
                List.of(),
                file("film", film),
                file("note", "one".getBytes(StandardCharsets.UTF_8)),
                file("empty", new byte[0]));
        add(List.of(), file("note", "two".getBytes(StandardCharsets.UTF_8)));

        assertArrayEquals(film, content(1, "film"));
        assertArrayEquals(film, content(2, "film"));
        assertEquals("one", new String(content(1, "note"), StandardCharsets.UTF_8));
        assertEquals("two", new String(content(2, "note"), StandardCharsets.UTF_8));
        assertEquals(0, content(2, "empty").length);
        assertEquals(3, snapshot(2).manifest().files());
        assertEquals(film.length + 3, snapshot(2).manifest().bytes());
    }

    @Test
    void whatLeavesIsInEarlierSnapshotsAlone() throws Exception {
        add(List.of(), file("stays", new byte[] {1}), file("goes", new byte[] {2}));
        add(List.of("goes", "never there"));

        assertArrayEquals(new byte[] {1}, content(2, "stays"));
        assertThrows(IOException.class, () -> content(2, "goes"));
        assertArrayEquals(new byte[] {2}, content(1, "goes"));
    }

    @Test
    void fileWhoseCopiesAreAllLostLeavesAndTheOthersStay() throws Exception {
        add(List.of(), file("lost", noise(1 << 20, 2)));
        List<FragmentId> first = source.snapshots().packSet(snapshot(1)).keySet().stream()
                .filter(pack -> !Files.exists(source.packs().file(pack)))
                .toList();
        add(List.of(), file("other", noise(1 << 20, 3)));
        source.lost(first);

        BackupOutcome outcome = add(List.of(), file("new", new byte[] {4}));

        assertEquals(1, outcome.unread());
        assertThrows(IOException.class, () -> content(3, "lost"));
        assertEquals(1 << 20, content(3, "other").length);
        assertArrayEquals(new byte[] {4}, content(3, "new"));
    }

    @Test
    void stoppedAtAnyPackNothingIsCommittedAndTheSameAgainIs() throws Exception {
        add(List.of(), file("first", new byte[] {1}));
        realm.killAfterPuts(2);
        Path film = spool.resolve("film");
        Files.write(film, noise(40 << 20, 5));
        Addition addition = new Addition("film".getBytes(StandardCharsets.UTF_8), "film", THEN);
        assertThrows(IOException.class, () -> run(new Additions(spool, List.of(addition), List.of())));
        realm.neverKill();
        realm.heal();
        assertEquals(1, source.snapshots().list().size());

        run(new Additions(spool, List.of(addition), List.of()));
        assertArrayEquals(Files.readAllBytes(film), content(2, "film"));
        assertArrayEquals(new byte[] {1}, content(2, "first"));
    }

    // ---- doing it

    private record Given(String name, byte[] octets) {}

    private static Given file(String name, byte[] octets) {
        return new Given(name, octets);
    }

    private BackupOutcome add(List<String> leaving, Given... files) throws IOException, InterruptedException {
        List<Addition> additions = Stream.of(files).map(this::handOver).toList();
        BackupOutcome outcome = run(new Additions(
                spool,
                additions,
                leaving.stream()
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toList()));
        for (Addition each : additions) {
            Files.delete(spool.resolve(each.file()));
        }
        assertTrue(outcome.committed());
        return outcome;
    }

    private Addition handOver(Given given) {
        try {
            Path file = Files.createTempFile(spool, "", "");
            Files.write(file, given.octets());
            return new Addition(
                    given.name().getBytes(StandardCharsets.UTF_8),
                    file.getFileName().toString(),
                    THEN);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private BackupOutcome run(Additions additions) throws IOException, InterruptedException {
        return new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        hosts(),
                        Clock.systemUTC(),
                        TestRealm.random())
                .add(
                        new BackupRequest(List.of(new byte[] {'/'}), "phone", List.of(), false),
                        additions,
                        BackupListener.SILENT);
    }

    private HostPacks hosts() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private Snapshot snapshot(int version) throws IOException {
        return source.snapshots().list().get(version - 1);
    }

    private byte[] content(int version, String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Archive(source, hosts())
                .writeFile(
                        snapshot(version),
                        ("/" + name).getBytes(StandardCharsets.UTF_8),
                        out,
                        new ArchiveListener() {});
        return out.toByteArray();
    }

    private static byte[] noise(int octets, long seed) {
        byte[] noise = new byte[octets];
        new Random(seed).nextBytes(noise);
        return noise;
    }
}
