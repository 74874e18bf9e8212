package org.cranny.client.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.engine.posix.PathBytes;
import org.cranny.protocol.octets.PathNotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedPathsTest {
    @TempDir
    Path folder;

    @Test
    void takesEveryOctetAsItStands() throws IOException {
        byte[] list = "/a b\n\n/c\\d\r\n/\u00ff\n/last".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(List.of("/a b", "/c\\\\d\\x0D", "/\\xFF", "/last"), read(list, '\n'));
        assertEquals(List.of("/a\\x0Ab", "/c"), read("/a\nb\0/c\0".getBytes(StandardCharsets.UTF_8), '\0'));
        assertEquals(List.of(), read(new byte[0], '\n'));
    }

    @Test
    void relativePathsAreBelowTheFolderOfTheProcess() throws IOException {
        String here = PathNotation.of(PathBytes.of(Path.of("").toAbsolutePath()));
        assertEquals(List.of(here + "/x/y"), read("x/y\n".getBytes(StandardCharsets.UTF_8), '\n'));
    }

    @Test
    void saysWhichPathCannotBeMeant() {
        IOException refused =
                assertThrows(IOException.class, () -> read("/a\n/b/../c\n".getBytes(StandardCharsets.UTF_8), '\n'));
        assertTrue(refused.getMessage().startsWith("Path 2 of the list"), refused.getMessage());
        byte[] endless = "/x".repeat(4_000).getBytes(StandardCharsets.UTF_8);
        assertTrue(assertThrows(IOException.class, () -> read(endless, '\n'))
                .getMessage()
                .contains("--from0"));
    }

    @Test
    void goesToWhereLinksLeadButKeepsAChosenLink() throws IOException {
        Path real = Files.createDirectory(folder.toRealPath().resolve("real"));
        Files.writeString(real.resolve("file"), "x");
        Files.createSymbolicLink(real.resolve("chosen"), Path.of("file"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        ExactPaths exact = new ExactPaths();
        assertEquals(real + "/file", text(exact.of(PathBytes.of(link.resolve("file")))));
        assertEquals(real + "/chosen", text(exact.of(PathBytes.of(link.resolve("chosen")))));
        assertEquals("/no/such/folder/file", text(exact.of("/no/such/folder/file".getBytes(StandardCharsets.UTF_8))));
        assertEquals("/", text(exact.of(new byte[] {'/'})));
        assertEquals("/etc", text(exact.of("/etc/".getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> read(byte[] list, char separator) throws IOException {
        return ListedPaths.exact(new ByteArrayInputStream(list), separator).stream()
                .map(PathNotation::of)
                .toList();
    }

    private static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }
}
