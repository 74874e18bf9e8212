package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts and central's disk learn neither contents nor names nor sizes. */
@ExtendWith(SharesRealm.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecrecyIT {

    private static final String NAME = "canary-name-5f0b1c";
    private static final String TEXT = "canary-text-93ae77 ";
    private static final long PADDED = 131_072;

    private final Realm realm;

    SecrecyIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeAll
    void backUpCanaries() throws IOException {
        Path tree = realm.emptyFolder("canaries");
        Contents.text(tree.resolve(NAME), TEXT);
        Contents.text(tree.resolve(NAME + "-long"), TEXT.repeat(20_000));
        Files.createSymbolicLink(tree.resolve(NAME + "-link"), Path.of(NAME + "-target"));
        Cranny source = realm.source();
        BackupAndRestoreIT.backUp(source, tree);
    }

    @Test
    void noDaemonHoldsPlaintextOrNames() {
        for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
            assertEquals(List.of(), filesWithCanaries(daemon.home()));
        }
    }

    @Test
    void centralHoldsNoPlaintextOrNames() {
        assertEquals(List.of(), filesWithCanaries(realm.status().central().home()));
    }

    @Test
    void everyPackHasAPaddedLength() throws IOException {
        for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
            for (Path fragment : Realm.fragments(daemon)) {
                assertEquals(0, Files.size(fragment) % PADDED, fragment::toString);
            }
        }
    }

    @Test
    void theEscrowPassphraseLiesOutsideCentralsHome() throws IOException {
        Path home = realm.status().central().home();
        String passphrase = Files.readString(home.resolveSibling("escrow").resolve("passphrase"))
                .strip();
        assertFalse(passphrase.isEmpty());
        assertEquals(List.of(), filesWith(home, List.of(passphrase)));
    }

    private static List<Path> filesWithCanaries(Path folder) {
        return filesWith(folder, List.of(NAME, TEXT.strip()));
    }

    private static List<Path> filesWith(Path folder, List<String> needles) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> needles.stream().anyMatch(needle -> contains(file, needle)))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, String needle) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(needle);
        } catch (IOException vanished) {
            return false;
        }
    }
}
