package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.ArchiveListener;
import org.cranny.engine.archive.ArchiveOutcome;
import org.cranny.engine.archive.Format;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.source.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into an archive comes out of the tar of this machine. */
class ArchiveTest {
    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private Path data;
    private final List<String> failed = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    @BeforeEach
    void backUp() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        KeyRing keys = KeyRing.create(realm.identity().system(), TestRealm.random());
        source = Source.open(folder.resolve("home"), realm.identity(), keys);
        data = Files.createDirectories(folder.resolve("data"));
        makeTree();
        new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        packs(),
                        Clock.systemUTC(),
                        TestRealm.random())
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), new BackupListener() {});
    }

    @AfterEach
    void close() throws IOException {
        source.close();
    }

    @Test
    void tarBringsBackEveryOctetAndAttribute() throws Exception {
        for (Format format : List.of(Format.TAR, Format.TAR_GZ)) {
            Path out = unpack(write(format, List.of()), format);
            assertEquals(describe(data), describe(inside(out)));
        }
        assertEquals(List.of(), failed);
        assertEquals(1, leftOut.stream().distinct().count(), leftOut.toString());
        assertTrue(leftOut.get(0).contains("socket"), leftOut.toString());
    }

    @Test
    void sameSnapshotGivesTheSameOctets() throws Exception {
        assertArrayEquals(write(Format.TAR_ZST, List.of()), write(Format.TAR_ZST, List.of()));
    }

    @Test
    void holesStayHoles() throws Exception {
        byte[] tar = write(Format.TAR, List.of(PathBytes.of(data.resolve("sparse"))));
        assertTrue(tar.length < 4 << 20, "of 64 MiB, " + tar.length);
        Path out = unpack(tar, Format.TAR);
        assertEquals(-1, Files.mismatch(data.resolve("sparse"), inside(out).resolve("sparse")));
    }

    @Test
    void chosenPathsAloneAreThereWithTheFoldersThatLeadToThem() throws Exception {
        Path out = unpack(write(Format.TAR, List.of(PathBytes.of(data.resolve("many/file-7")))), Format.TAR);
        try (Stream<Path> all = Files.walk(out)) {
            assertEquals(1, all.filter(Files::isRegularFile).count());
        }
        assertEquals(
                Files.getLastModifiedTime(data.resolve("many")),
                Files.getLastModifiedTime(inside(out).resolve("many")));
    }

    @Test
    void zipHoldsFilesFoldersAndLinks() throws Exception {
        Map<String, byte[]> found = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(write(Format.ZIP, List.of())))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                found.put(entry.getName(), zip.readAllBytes());
            }
        }
        String root = folder.getRoot().relativize(data) + "/";
        for (String name : List.of("many/file-7", "large", "sparse", "a/second-name")) {
            assertArrayEquals(Files.readAllBytes(data.resolve(name)), found.get(root + name), name);
        }
        assertEquals("../nowhere", new String(found.get(root + "a/link"), StandardCharsets.UTF_8));
    }

    @Test
    void smallFilesThatNobodyHasAreNamedAndTheRestIsWhole() throws Exception {
        Path only = data.resolve("many/file-7");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long host : realm.masterFile().keySet()) {
            realm.kill(host);
        }
        ArchiveOutcome outcome = archive(List.of(PathBytes.of(only)), Format.TAR, out);
        assertEquals(1, outcome.failed());
        assertEquals(0, outcome.files());
        assertTrue(failed.get(0).startsWith(only.toString()), failed.toString());
    }

    @Test
    void aLargeFileThatBreaksLeavesAnArchiveThatEveryReaderRefuses() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        realm.failReadsAfter(3);
        assertThrows(IOException.class, () -> archive(List.of(PathBytes.of(data.resolve("large"))), Format.TAR, out));
        Path tar = Files.write(folder.resolve("broken.tar"), out.toByteArray());
        assertNotEquals(0, run("tar", "-tf", tar.toString()));
    }

    @Test
    void refusesAPathThatIsNotThere() {
        assertThrows(
                IOException.class, () -> write(Format.TAR, List.of("/nothing/here".getBytes(StandardCharsets.UTF_8))));
    }

    private byte[] write(Format format, List<byte[]> paths) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        archive(paths, format, out);
        return out.toByteArray();
    }

    private ArchiveOutcome archive(List<byte[]> paths, Format format, OutputStream out) throws IOException {
        Archive.Request request = new Archive.Request(source.snapshots().find("latest"), paths, format);
        return new Archive(source, packs()).write(request, out, new ArchiveListener() {
            @Override
            public void failed(String path, String reason) {
                failed.add(path + ": " + reason);
            }

            @Override
            public void leftOut(String path, String reason) {
                leftOut.add(path + ": " + reason);
            }
        });
    }

    private HostPacks packs() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private Path unpack(byte[] archive, Format format) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("archive." + format.ending()), archive);
        Path out = Files.createTempDirectory(folder, "out");
        assertEquals(
                0,
                run(
                        "tar",
                        "-xpf",
                        file.toString(),
                        "-C",
                        out.toString(),
                        "--numeric-owner",
                        "--xattrs",
                        "--xattrs-include=*",
                        "--acls"));
        return out;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private Path inside(Path out) {
        return out.resolve(folder.getRoot().relativize(data));
    }

    private static Map<String, String> describe(Path root) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.toList()) {
                if (!path.getFileName().toString().equals("socket")) {
                    String name = new String(PathBytes.of(path), StandardCharsets.ISO_8859_1);
                    lines.put(name.substring(PathBytes.of(root).length), describeOne(path));
                }
            }
        }
        return lines;
    }

    private static String describeOne(Path path) throws IOException {
        var attributes = Files.readAttributes(
                path, "unix:mode,uid,gid,nlink,lastModifiedTime,size,rdev", LinkOption.NOFOLLOW_LINKS);
        boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        Object content = Files.isSymbolicLink(path)
                ? Files.readSymbolicLink(path)
                : file ? java.util.Arrays.hashCode(Files.readAllBytes(path)) : "";
        Object time = Files.isSymbolicLink(path) ? "" : attributes.get("lastModifiedTime");
        return attributes.get("mode") + " " + attributes.get("uid") + ":" + attributes.get("gid") + " "
                + (file ? attributes.get("nlink") + " " + attributes.get("size") : "") + " " + time + " "
                + attributes.get("rdev") + " " + content + xattrs(path, file);
    }

    private static String xattrs(Path path, boolean file) throws IOException {
        if (!file) {
            return "";
        }
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        StringBuilder text = new StringBuilder();
        for (String name : view.list().stream().sorted().toList()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            text.append(' ').append(name).append('=').append(java.util.Arrays.toString(value.array()));
        }
        return text.toString();
    }

    private void makeTree() throws Exception {
        Path many = Files.createDirectories(data.resolve("many"));
        for (int i = 0; i < 100; i++) {
            Files.write(many.resolve("file-" + i), random(i * 37, i));
        }
        Files.write(data.resolve("large"), random(17 << 20, 2));
        Path a = Files.createDirectories(data.resolve("a"));
        Files.write(a.resolve("first-name"), random(3_000, 5));
        Files.createLink(a.resolve("second-name"), a.resolve("first-name"));
        Files.createSymbolicLink(a.resolve("link"), Path.of("../nowhere"));
        Files.createSymbolicLink(a.resolve("long-link"), Path.of("x".repeat(150)));
        Path deep = Files.createDirectories(a.resolve("d".repeat(60)).resolve("e".repeat(80)));
        Files.writeString(deep.resolve("f".repeat(200)), "deep");
        Files.writeString(data.resolve("grüße"), "umlauts");
        Files.writeString(data.resolve("new\nline"), "control");
        Files.writeString(data.resolve("back\\slash"), "backslash");
        Files.write(
                PathBytes.toPath(PathBytes.join(PathBytes.of(data), new byte[] {'x', (byte) 0xff, (byte) 0xfe})),
                new byte[] {1});
        Path times = Files.writeString(data.resolve("times"), "t");
        Files.setLastModifiedTime(times, FileTime.from(Instant.ofEpochSecond(1_600_000_000, 123_456_789)));
        Path old = Files.writeString(data.resolve("old"), "o");
        Files.setLastModifiedTime(old, FileTime.from(Instant.ofEpochSecond(-1_000)));
        Path attributed = Files.writeString(data.resolve("attributed"), "x");
        UserDefinedFileAttributeView view = Files.getFileAttributeView(attributed, UserDefinedFileAttributeView.class);
        view.write("binary", ByteBuffer.wrap(new byte[] {0, (byte) 0xff, '\n', '='}));
        Files.setPosixFilePermissions(attributed, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setAttribute(attributed, "unix:mode", 04751);
        try (RandomAccessFile sparse =
                new RandomAccessFile(data.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(64 << 20);
            sparse.seek(20 << 20);
            sparse.write(random(100_000, 8));
        }
        run("mkfifo", data.resolve("fifo").toString());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(data.resolve("socket")));
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
