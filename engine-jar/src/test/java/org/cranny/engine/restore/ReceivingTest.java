package org.cranny.engine.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody hands over, who may break off or mean harm. */
class ReceivingTest {
    @TempDir
    Path folder;

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final TreeMap<String, String> contents = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private String breaksIn = "";
    private boolean hangsUp;
    private Path target;

    @BeforeEach
    void mine() throws IOException {
        target = folder.resolve("target");
        entries.put("/home", entry("home", Attributes.HIDDEN, directory()));
        entries.put("/home/ann", entry("ann", attributes(0750), directory()));
        file("/home/ann/a", "first");
        file("/home/ann/b", "second");
        file("/home/ann/empty", "");
        entries.put("/home/ann/link", entry("link", attributes(0777), new Thing.Symlink(octets("a"))));
    }

    @Test
    void writesWhatIsHandedOverAsItWas() throws Exception {
        RestoreOutcome counted = receiving().count(request(Overwrite.NEVER), RestoreListener.SILENT);
        assertEquals(3, counted.files());
        assertFalse(Files.exists(target));
        RestoreOutcome outcome = receiving().run(request(Overwrite.NEVER), RestoreListener.SILENT);
        assertEquals(3, outcome.files());
        assertEquals(List.of(), outcome.warnings());
        Path ann = target.resolve("home/ann");
        assertEquals("first", Files.readString(ann.resolve("a")));
        assertEquals("", Files.readString(ann.resolve("empty")));
        assertEquals("a", Files.readSymbolicLink(ann.resolve("link")).toString());
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(ann)));
        assertEquals(
                1_000_000_000_000L, Files.getLastModifiedTime(ann.resolve("b")).toMillis());
        assertTrue(
                Files.getLastModifiedTime(target.resolve("home")).toMillis() > 1_000_000_000_000L,
                "the way there is made, and is nobody else's");
        asked.clear();
        receiving().run(request(Overwrite.IF_CHANGED), RestoreListener.SILENT);
        assertEquals(List.of(), asked, "what is right already is not handed over again");
    }

    @Test
    void aWayThatIsThereStaysAsItIs() throws Exception {
        Path home = Files.createDirectories(target.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setLastModifiedTime(home, FileTime.fromMillis(5_000));
        Files.createDirectory(home.resolve("ann"));
        Files.setLastModifiedTime(home, FileTime.fromMillis(5_000));
        receiving().run(request(Overwrite.ALWAYS), RestoreListener.SILENT);
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
        assertEquals(5_000, Files.getLastModifiedTime(home).toMillis());
    }

    @Test
    void aFileThatBreaksLeavesWhatWasThereAndTheOthersCome() throws Exception {
        Path ann = Files.createDirectories(target.resolve("home/ann"));
        Files.writeString(ann.resolve("a"), "old");
        breaksIn = "/home/ann/a";
        RestoreOutcome outcome = receiving().run(request(Overwrite.ALWAYS), RestoreListener.SILENT);
        assertEquals(1, outcome.failed());
        assertEquals(2, outcome.files());
        assertEquals("old", Files.readString(ann.resolve("a")));
        assertEquals("second", Files.readString(ann.resolve("b")));
        assertEquals(List.of("a", "b", "empty", "link"), names(ann));
    }

    @Test
    void whoHangsUpLeavesNothingHalfDone() throws Exception {
        breaksIn = "/home/ann/b";
        hangsUp = true;
        IOException gone = assertThrows(
                IOException.class, () -> receiving().run(request(Overwrite.NEVER), RestoreListener.SILENT));
        assertEquals("gone", gone.getMessage());
        assertEquals(List.of("a", "empty"), names(target.resolve("home/ann")));
    }

    @Test
    void noLinkLeadsOutside() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectories(target.resolve("home"));
        Files.createSymbolicLink(target.resolve("home/ann"), outside);
        receiving().run(request(Overwrite.NEVER), RestoreListener.SILENT);
        assertEquals(List.of(), names(outside));
        receiving().run(request(Overwrite.ALWAYS), RestoreListener.SILENT);
        assertEquals(List.of(), names(outside));
        assertEquals("first", Files.readString(target.resolve("home/ann/a")));
    }

    private Receiving.Request request(Overwrite overwrite) {
        return new Receiving.Request(List.of(octets("/home/ann")), target, overwrite);
    }

    private Receiving receiving() {
        return new Receiving(new Handover() {
            @Override
            public Optional<Entry> find(byte[] path) {
                return Optional.ofNullable(entries.get(text(path)));
            }

            @Override
            public List<Entry> list(byte[] folder, byte[] after) {
                String above = text(folder) + "/";
                return entries.entrySet().stream()
                        .filter(each -> each.getKey().startsWith(above)
                                && each.getKey().indexOf('/', above.length()) < 0
                                && (after == null || each.getKey().compareTo(above + text(after)) > 0))
                        .map(each -> each.getValue())
                        .limit(1)
                        .toList();
            }

            @Override
            public void contents(List<byte[]> paths, ContentSink sink) throws IOException {
                for (byte[] path : paths) {
                    asked.add(text(path));
                    byte[] data = octets(contents.get(text(path)));
                    sink.octets(path, 0, data, 0, 2);
                    if (text(path).equals(breaksIn)) {
                        throw hangsUp ? new IOException("gone") : new BrokenOffException("a host is away");
                    }
                    sink.octets(path, 2, data, 2, data.length - 2);
                    sink.complete(path);
                }
            }
        });
    }

    private void file(String path, String content) throws IOException {
        Thing.File file = new Thing.File(content.length(), Content.EMPTY, DataMap.DENSE);
        entries.put(path, entry(path.substring(path.lastIndexOf('/') + 1), attributes(0640), file));
        contents.put(path, content);
    }

    private static Entry entry(String name, Attributes attributes, Thing thing) {
        return new Entry(octets(name), attributes, thing, 0);
    }

    private static Thing.Directory directory() {
        return new Thing.Directory(ChunkId.of(new byte[ChunkId.LENGTH]));
    }

    private static Attributes attributes(int mode) throws IOException {
        long uid = Posix.here().accounts().uid(System.getProperty("user.name")).orElseThrow();
        return new Attributes(mode, uid, uid, "", "", 1_000_000_000, 0, List.of());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
