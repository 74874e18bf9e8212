package org.cranny.client.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.cranny.client.home.Home;
import org.cranny.client.kit.Kit.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kit of version 1 that was made once and has to open for ever; its machine and its realm exist nowhere. */
class KitTest {
    private static final Path KIT = Path.of("src/test/resources/kit/version-1.kit");
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

    @TempDir
    Path folder;

    @Test
    void theOldKitSaysWhatItIsToAnybody() throws IOException {
        String text = Kit.instructions(KIT);
        assertTrue(text.startsWith("CRANNY RECOVERY KIT 1\n"), text);
        assertTrue(text.contains("system:    cranny:00e293f93f5efb30:7"), text);
        assertTrue(text.contains("made:      2026-11-27T00:00:00Z"), text);
    }

    @Test
    void theOldKitHoldsTheFilesThatItWasMadeOf() throws IOException {
        assertEquals(
                List.of(
                        new Content("identity.p12", 1441),
                        new Content("identity.password", 44),
                        new Content("realm/ca.pem", 481),
                        new Content("realm/keys", 432),
                        new Content("keys.ring", 122),
                        new Content("allotment", 209),
                        new Content("master-file", 566),
                        new Content("config.json", 222)),
                Kit.look(KIT, PASSPHRASE));
    }

    @Test
    void theOldKitMakesAHomeThatOpens() throws Exception {
        Home home = Home.at(folder.resolve("home"));
        Kit.unpack(KIT, PASSPHRASE, home);
        assertEquals("cranny:00e293f93f5efb30:7", home.identity().system().uri());
        assertEquals("ws-01", home.configuration().name());
        assertEquals(
                home.identity().system().realm(),
                home.realmKeys(home.identity().authority().getPublicKey()).realm());
        assertEquals(
                "b21b079c71ce92ec11d875b7170abf6101da9d2eb0245cef7bfb5ae34ce17999",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(home.readKeyRing())));
    }

    @Test
    void oneOctetThatWasChangedMakesNoHome() throws IOException {
        byte[] octets = Files.readAllBytes(KIT);
        for (int at : new int[] {100, octets.length - 20}) {
            byte[] changed = octets.clone();
            changed[at] ^= 1;
            Path file = Files.write(folder.resolve("changed-" + at), changed);
            Home home = Home.at(folder.resolve("home-" + at));
            assertThrows(IOException.class, () -> Kit.unpack(file, PASSPHRASE, home));
            assertFalse(home.enrolled());
        }
    }
}
