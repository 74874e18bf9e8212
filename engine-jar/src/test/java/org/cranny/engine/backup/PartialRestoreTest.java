package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.ArchiveListener;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.News;
import org.cranny.engine.check.Reading;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Picked;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores of a part, onto something that is there, and to a stream. */
class PartialRestoreTest {
    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private Path data;
    private Path out;
    private final List<String> deleted = new ArrayList<>();

    @BeforeEach
    void backUp() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
        data = folder.resolve("data");
        write("letters/a.odt", "letter a");
        write("letters/b.txt", "notes b");
        write("letters/drafts/c.odt", "letter c");
        write("music/song.mp3", "la la");
        write("top.odt", "top");
        Files.createDirectories(data.resolve("empty"));
        try (RandomAccessFile holes = new RandomAccessFile(data.resolve("holes").toFile(), "rw")) {
            holes.seek(300_000);
            holes.write("middle".getBytes(StandardCharsets.UTF_8));
            holes.setLength(1_000_000);
        }
        new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        packs(),
                        Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)),
                        TestRealm.random())
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), BackupListener.SILENT);
        out = folder.resolve("out" + data);
    }

    @AfterEach
    void close() throws IOException {
        source.close();
    }

    @Test
    void bringsBackOnlyWhatIsIncludedAndTheFoldersThatLeadThere() throws Exception {
        RestoreOutcome outcome = restore(picked(List.of("*.odt"), List.of()), Overwrite.REFUSE, false, false);
        assertEquals(3, outcome.files());
        assertEquals(
                List.of("letters", "letters/a.odt", "letters/drafts", "letters/drafts/c.odt", "top.odt"), restored());
    }

    @Test
    void aFolderThatIsIncludedStandsForAllThatIsInIt() throws Exception {
        restore(picked(List.of("letters/", "empty/"), List.of("drafts/")), Overwrite.REFUSE, false, false);
        assertEquals(List.of("empty", "letters", "letters/a.odt", "letters/b.txt"), restored());
    }

    @Test
    void leavesOutWhatIsExcluded() throws Exception {
        restore(
                picked(List.of(), List.of("*.odt", "/" + folderName() + "data/music", "holes")),
                Overwrite.REFUSE,
                false,
                false);
        assertEquals(List.of("empty", "letters", "letters/b.txt", "letters/drafts"), restored());
    }

    @Test
    void neverLeavesWhateverStandsThereAndBringsBackTheRest() throws Exception {
        mine("letters/a.odt", "mine");
        mine("music", "a file where a folder was");
        Files.setPosixFilePermissions(out.resolve("letters"), PosixFilePermissions.fromString("r-x------"));
        RestoreOutcome outcome = restore(Picked.ALL, Overwrite.NEVER, false, false);
        assertEquals("mine", Files.readString(out.resolve("letters/a.odt")));
        assertTrue(Files.isRegularFile(out.resolve("music")));
        assertEquals("notes b", Files.readString(out.resolve("letters/b.txt")));
        assertEquals(2, outcome.skipped());
        assertEquals(
                PosixFilePermissions.fromString("r-x------"), Files.getPosixFilePermissions(out.resolve("letters")));
    }

    @Test
    void ifChangedWritesWhatDiffersAndAlwaysWritesAll() throws Exception {
        restore(Picked.ALL, Overwrite.REFUSE, false, false);
        disguise("letters/a.odt", "letter X");
        mine("letters/b.txt", "changed");
        assertEquals(5, restore(Picked.ALL, Overwrite.IF_CHANGED, false, false).skipped());
        assertEquals("letter X", Files.readString(out.resolve("letters/a.odt")));
        assertEquals("notes b", Files.readString(out.resolve("letters/b.txt")));
        assertEquals(0, restore(Picked.ALL, Overwrite.ALWAYS, false, false).skipped());
        assertEquals("letter a", Files.readString(out.resolve("letters/a.odt")));
    }

    @Test
    void deletesWhatTheSnapshotDoesNotHaveAndNothingElse() throws Exception {
        restore(Picked.ALL, Overwrite.REFUSE, false, false);
        mine("letters/new.txt", "new");
        mine("more/deep/file", "more");
        mine("letters/keep.log", "kept by a pattern");
        mine("tmp/keep.log", "kept by a pattern, with its folder");
        Files.writeString(folder.resolve("out/outside"), "beside the folders that lead here");
        Picked picked = picked(List.of(), List.of("*.log"));
        assertEquals(4, restore(picked, Overwrite.IF_CHANGED, true, true).deleted());
        assertTrue(Files.exists(out.resolve("more/deep/file")));
        List<String> would = List.copyOf(deleted);
        deleted.clear();

        RestoreRequest request = new RestoreRequest(
                latest(),
                List.of(PathBytes.of(data)),
                picked,
                folder.resolve("out"),
                Overwrite.IF_CHANGED,
                true,
                false,
                TargetRules.FAITHFUL,
                1);
        assertEquals(4, restore(request).deleted());
        assertEquals(would.stream().map(path -> path.replace("/outside", "")).toList(), deleted);
        assertFalse(Files.exists(out.resolve("more")));
        assertFalse(Files.exists(out.resolve("letters/new.txt")));
        assertTrue(Files.exists(out.resolve("letters/keep.log")));
        assertTrue(Files.exists(out.resolve("tmp/keep.log")));
        assertTrue(Files.exists(folder.resolve("out/outside")));
        assertEquals("letter a", Files.readString(out.resolve("letters/a.odt")));
    }

    @Test
    void aDryRunSaysWhatStaysAndMakesNothing() throws Exception {
        RestoreOutcome outcome = restore(Picked.ALL, Overwrite.REFUSE, false, true);
        assertEquals(6, outcome.files());
        assertEquals(0, outcome.skipped());
        assertFalse(Files.exists(folder.resolve("out")));
        restore(Picked.ALL, Overwrite.REFUSE, false, false);
        assertEquals(6, restore(Picked.ALL, Overwrite.IF_CHANGED, false, true).skipped());
        assertEquals(0, restore(Picked.ALL, Overwrite.ALWAYS, false, true).skipped());
    }

    @Test
    void aFileGoesToAStreamWithZerosForItsHoles() throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        long size = new Archive(source, packs())
                .writeFile(latest(), PathBytes.of(data.resolve("holes")), octets, ArchiveListener.SILENT);
        assertEquals(1_000_000, size);
        assertTrue(Arrays.equals(Files.readAllBytes(data.resolve("holes")), octets.toByteArray()));
    }

    @Test
    void readsAShareOfThePacksAndAsksForProofsOfTheOthers() throws Exception {
        Check check = new Check(source, realm, realm.masterFile(), packs(), new Random(1), News.NONE);
        CheckOutcome some = check.run(source.snapshots().kept(), new Reading(0.5, false), CheckListener.SILENT);
        assertTrue(some.sound());
        assertEquals(2 * some.packs(), some.copies());
    }

    // ---- doing it

    private RestoreOutcome restore(Picked picked, Overwrite overwrite, boolean delete, boolean dryRun)
            throws IOException, InterruptedException {
        return restore(new RestoreRequest(
                latest(),
                delete ? List.of(PathBytes.of(data)) : List.of(),
                picked,
                folder.resolve("out"),
                overwrite,
                delete,
                dryRun,
                TargetRules.FAITHFUL,
                0));
    }

    private RestoreOutcome restore(RestoreRequest request) throws IOException, InterruptedException {
        return new Restore(source, packs()).run(request, new RestoreListener() {
            @Override
            public void deleted(String path) {
                deleted.add(path);
            }

            @Override
            public void failed(String path, String reason) {
                throw new IllegalStateException(path + ": " + reason);
            }
        });
    }

    private Snapshot latest() throws IOException {
        return source.snapshots().find("latest");
    }

    private HostPacks packs() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private static Picked picked(List<String> include, List<String> exclude) {
        return Picked.of(octets(include), octets(exclude));
    }

    private static List<byte[]> octets(List<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private String folderName() {
        return folder.toString().substring(1) + "/";
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(data.resolve(name).getParent());
        Files.writeString(data.resolve(name), text);
    }

    private void mine(String name, String text) throws IOException {
        Files.createDirectories(out.resolve(name).getParent());
        Files.writeString(out.resolve(name), text);
        Files.setLastModifiedTime(out.resolve(name), FileTime.from(Instant.EPOCH));
    }

    /** Other content under the same size and time. */
    private void disguise(String name, String text) throws IOException {
        FileTime time = Files.getLastModifiedTime(out.resolve(name));
        Files.writeString(out.resolve(name), text);
        Files.setLastModifiedTime(out.resolve(name), time);
    }

    private List<String> restored() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(path -> !path.equals(out))
                    .map(path -> out.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
