package org.cranny.protocol.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may take a program's place: signed by its key, for it, whole, and newer. */
class ReleaseToolTest {
    @TempDir
    Path folder;

    private Path archive;
    private String out = "";
    private String err = "";

    @BeforeEach
    void sign() throws IOException {
        archive = Files.writeString(folder.resolve("archive"), "a program");
        for (String key : List.of("ours", "theirs")) {
            assertEquals(0, run("new-key", folder.resolve(key).toString()), () -> err);
            assertEquals(0, run("public-key", folder.resolve(key).toString()), () -> err);
            Files.writeString(folder.resolve(key + ".pub"), out);
        }
        Files.writeString(folder.resolve("signature"), signed("ours", "daemon", "1.1", "amd64"));
    }

    @Test
    void whatIsSignedAndNewerIsTaken() {
        assertEquals(0, check("ours.pub", "daemon", "amd64", "1.0"), () -> err);
        assertEquals("1.1\n", out);
    }

    @Test
    void whatAnotherKeySignedIsRefused() {
        assertEquals(1, check("theirs.pub", "daemon", "amd64", "1.0"));
        assertEquals("the key of this program did not sign it", err.strip());
        assertEquals("", out);
    }

    @Test
    void whatIsNotNewerIsRefused() {
        assertEquals(1, check("ours.pub", "daemon", "amd64", "1.1"));
        assertEquals("it is 1.1, which is not newer than 1.1", err.strip());
        assertEquals(1, check("ours.pub", "daemon", "amd64", "1.10"));
    }

    @Test
    void whatIsForAnotherProgramOrMachineIsRefused() {
        assertEquals(1, check("ours.pub", "source", "amd64", "1.0"));
        assertEquals(1, check("ours.pub", "daemon", "arm64", "1.0"));
        assertEquals("it is daemon for amd64, and this is daemon on arm64", err.strip());
    }

    @Test
    void anArchiveThatChangedIsRefused() throws IOException {
        Files.writeString(archive, "b program");
        assertEquals(1, check("ours.pub", "daemon", "amd64", "1.0"));
        assertEquals("the archive is not the one that was signed", err.strip());
    }

    /** Every letter of what was signed counts: no version, length or hash can be put into another signature. */
    @Test
    void aSignatureWhoseTextChangedIsRefused() throws IOException {
        String text = Files.readString(folder.resolve("signature"));
        for (int i = 0; i < text.lastIndexOf("signature"); i++) {
            char other = text.charAt(i) == '1' ? '2' : '1';
            Files.writeString(folder.resolve("signature"), text.substring(0, i) + other + text.substring(i + 1));
            assertEquals(1, check("ours.pub", "daemon", "amd64", "1.0"), "letter " + i);
        }
        Files.writeString(folder.resolve("signature"), text + "version 9\n");
        assertEquals(1, check("ours.pub", "daemon", "amd64", "1.0"));
    }

    @Test
    void aKeyIsForItsOwnerAndNeverOverwritten() throws IOException {
        Path key = folder.resolve("ours");
        assertEquals(
                "rw-------", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        String before = Files.readString(key);
        assertEquals(1, run("new-key", key.toString()));
        assertTrue(err.startsWith("there is a file"), err);
        assertEquals(before, Files.readString(key));
    }

    private String signed(String key, String program, String version, String arch) {
        assertEquals(
                0, run("sign", folder.resolve(key).toString(), program, version, arch, archive.toString()), () -> err);
        return out;
    }

    private int check(String key, String program, String arch, String present) {
        return run(
                "check",
                folder.resolve(key).toString(),
                archive.toString(),
                folder.resolve("signature").toString(),
                program,
                arch,
                present);
    }

    private int run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        int code = ReleaseTool.run(
                List.of(arguments),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                new PrintStream(complained, true, StandardCharsets.UTF_8));
        out = said.toString(StandardCharsets.UTF_8);
        err = complained.toString(StandardCharsets.UTF_8);
        return code;
    }
}
