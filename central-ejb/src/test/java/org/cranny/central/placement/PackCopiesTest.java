package org.cranny.central.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCopiesTest {
    private static final SystemId SOURCE = new SystemId(new RealmId("0123456789abcdef"), 7);
    private static final SystemId OTHER = new SystemId(new RealmId("0123456789abcdef"), 8);

    @TempDir
    Path folder;

    private PackCopies copies;

    @BeforeEach
    void open() throws IOException {
        copies = open(0);
    }

    @Test
    void keepsAPackAndFindsItForItsSourceOnly() throws IOException {
        byte[] pack = pack(SOURCE, 2);
        FragmentId id = FragmentHasher.of(pack);
        assertTrue(copies.put(SOURCE, id, in(pack)));
        assertFalse(copies.put(SOURCE, id, in(pack)));
        assertArrayEquals(pack, Files.readAllBytes(copies.find(SOURCE, id).orElseThrow()));
        assertTrue(copies.find(OTHER, id).isEmpty());
    }

    @Test
    void refusesOctetsThatAreNotTheIdsAndLeavesNothing() throws IOException {
        byte[] pack = pack(SOURCE, 3);
        FragmentId id = FragmentHasher.of(pack);
        pack[200] ^= 1;
        assertKind("WRONG_HASH", () -> copies.put(SOURCE, id, in(pack)));
        assertTrue(copies.find(SOURCE, id).isEmpty());
        assertEquals(List.of(), files());
    }

    @Test
    void refusesDataPacksAndPacksOfOthers() {
        for (byte[] pack : List.of(pack(SOURCE, 1), pack(OTHER, 2), new byte[50], new byte[200])) {
            assertKind("BAD_REQUEST", () -> copies.put(SOURCE, FragmentHasher.of(pack), in(pack)));
        }
    }

    @Test
    void damagedCopyIsReplaced() throws IOException {
        byte[] pack = pack(SOURCE, 2);
        FragmentId id = FragmentHasher.of(pack);
        copies.put(SOURCE, id, in(pack));
        Path file = copies.find(SOURCE, id).orElseThrow();
        Files.delete(file);
        Files.write(file, new byte[] {1});
        assertTrue(copies.put(SOURCE, id, in(pack)));
        assertArrayEquals(pack, Files.readAllBytes(file));
    }

    @Test
    void brokenConnectionLeavesNothingAndAStartSweeps() throws IOException {
        byte[] pack = pack(SOURCE, 2);
        InputStream broken = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given == 150) {
                    throw new IOException("reset");
                }
                return pack[given++] & 0xff;
            }
        };
        assertThrows(IOException.class, () -> copies.put(SOURCE, FragmentHasher.of(pack), broken));
        assertEquals(List.of(), files());
        Files.writeString(folder.resolve("packs/incoming/left.part"), "x");
        copies = open(0);
        assertEquals(List.of(), files());
    }

    @Test
    void fullDiskIsSaid() throws IOException {
        PackCopies full = open(Long.MAX_VALUE);
        byte[] pack = pack(SOURCE, 2);
        assertKind("HOST_FULL", () -> full.put(SOURCE, FragmentHasher.of(pack), in(pack)));
    }

    private PackCopies open(long keepFree) throws IOException {
        return new PackCopies(Settings.of(
                Map.of("cranny.home", folder.toString(), "cranny.keep-free-bytes", String.valueOf(keepFree))));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] pack(SystemId source, int packClass) {
        return new OctetWriter()
                .raw("CRNYPK\0\1".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .u8(packClass)
                .u8(1)
                .u16(0)
                .u32(0)
                .raw(source.tag())
                .raw(new byte[400])
                .toByteArray();
    }

    private static InputStream in(byte[] octets) {
        return new ByteArrayInputStream(octets);
    }

    private static void assertKind(String kind, org.junit.jupiter.api.function.Executable request) {
        assertEquals(
                kind, assertThrows(ProblemException.class, request).problem().kind());
    }
}
