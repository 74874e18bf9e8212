package org.cranny.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    Path folder;

    private KeyPair key;

    @BeforeEach
    void twoSnapshots() throws Exception {
        key = key();
        Snapshots snapshots = new Snapshots(folder, key.getPublic());
        snapshots.add(manifest(1, key), null);
        snapshots.add(manifest(2, key), null);
    }

    @Test
    void whatWasBelievedOnceIsNotVerifiedAgain() throws Exception {
        assertEquals(
                2, new Snapshots(folder, new Unusable(key.getPublic())).list().size());
    }

    @Test
    void withoutMemoryEachIsVerified() throws Exception {
        Files.delete(folder.resolve("believed"));
        assertThrows(IOException.class, () -> new Snapshots(folder, new Unusable(key.getPublic())).list());
        assertEquals(2, new Snapshots(folder, key.getPublic()).list().size());
    }

    @Test
    void damagedMemoryBelievesNothing() throws Exception {
        Files.write(folder.resolve("believed"), new byte[] {(byte) 0xff, '\n', 'a'});
        assertThrows(IOException.class, () -> new Snapshots(folder, new Unusable(key.getPublic())).list());
        assertEquals(2, new Snapshots(folder, key.getPublic()).list().size());
        assertEquals(
                2, new Snapshots(folder, new Unusable(key.getPublic())).list().size());
    }

    @Test
    void aFlippedBitIsNoticedAlsoInWhatWasBelieved() throws Exception {
        Path file = folder.resolve("0000000001.manifest");
        byte[] octets = Files.readAllBytes(file);
        for (int at = 0; at < octets.length; at++) {
            octets[at] ^= 1;
            Files.write(file, octets);
            assertThrows(IOException.class, () -> new Snapshots(folder, key.getPublic()).list(), "octet " + at);
            octets[at] ^= 1;
        }
    }

    @Test
    void whatWasBelievedOfOneSourceIsNotBelievedOfAnother() throws Exception {
        assertThrows(IOException.class, () -> new Snapshots(folder, key().getPublic()).list());
    }

    private static KeyPair key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Signed manifest(long version, KeyPair key) {
        Manifest manifest = new Manifest(
                new SystemId(new RealmId("0123456789abcdef"), 17),
                version,
                0,
                new byte[32],
                Instant.EPOCH,
                Instant.EPOCH,
                new byte[32],
                0,
                0,
                0,
                List.of(),
                List.of(),
                new byte[0]);
        return manifest.sign(key.getPrivate());
    }

    /** Has a key's octets and verifies nothing. */
    @SuppressWarnings("serial")
    private record Unusable(PublicKey key) implements PublicKey {
        @Override
        public String getAlgorithm() {
            return "none";
        }

        @Override
        public String getFormat() {
            return key.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return key.getEncoded();
        }
    }
}
