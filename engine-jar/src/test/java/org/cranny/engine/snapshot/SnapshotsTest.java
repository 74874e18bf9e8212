package org.cranny.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.VersionRange;
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
        believeAForgedOne();
        assertEquals(3, new Snapshots(folder, key.getPublic()).list().size());
    }

    /** As on a disk that fails: a link to itself can neither be read nor be said to be missing. */
    @Test
    void whatWasForgottenIsNotTakenForNothingWhenItCannotBeRead() throws Exception {
        Path forgotten = folder.resolve("forgotten");
        Files.createSymbolicLink(forgotten, forgotten);
        assertThrows(IOException.class, () -> new Snapshots(folder, key.getPublic()).forgotten());
    }

    @Test
    void withoutMemoryEachIsVerified() throws Exception {
        believeAForgedOne();
        Files.delete(folder.resolve("believed"));
        assertThrows(IOException.class, () -> new Snapshots(folder, key.getPublic()).list());
    }

    @Test
    void damagedMemoryBelievesNothingAndGoesOn() throws Exception {
        believeAForgedOne();
        Files.write(folder.resolve("believed"), new byte[] {(byte) 0xff, '\n', 'a'});
        assertThrows(IOException.class, () -> new Snapshots(folder, key.getPublic()).list());
        believeAForgedOne();
        assertEquals(3, new Snapshots(folder, key.getPublic()).list().size());
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

    @Test
    void whatIsOnlyHeardOfIsForgottenHereAndIsNotWrittenDown() throws Exception {
        Snapshots snapshots = new Snapshots(folder, key.getPublic());
        Snapshot first = snapshots.list().get(0);
        snapshots.hear(List.of(new VersionRange(1, 1)));
        assertEquals(List.of(2L), versions(snapshots.kept()));
        assertThrows(UnknownSnapshotException.class, () -> snapshots.find(first.id()));
        assertThrows(UnknownSnapshotException.class, () -> snapshots.requireKept(first));
        assertEquals(List.of(1L, 2L), versions(new Snapshots(folder, key.getPublic()).kept()));

        snapshots.forget(List.of(new VersionRange(1, 1)));
        assertEquals(List.of(2L), versions(new Snapshots(folder, key.getPublic()).kept()));
    }

    private static List<Long> versions(List<Snapshot> snapshots) {
        return snapshots.stream().map(each -> each.manifest().version()).toList();
    }

    /** Nobody can tell otherwise whether a signature is looked at. */
    private void believeAForgedOne() throws Exception {
        Signed forged = manifest(3, key());
        Files.write(folder.resolve("0000000003.manifest"), forged.bytes());
        new Believed(folder.resolve("believed"), List.of(key.getPublic())).add(forged);
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
}
