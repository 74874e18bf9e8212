package org.cranny.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;
import org.junit.jupiter.api.Test;

class SignedDocumentsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final SystemId SOURCE = new SystemId(new RealmId("0123456789abcdef"), 17);
    private static final SystemId HOST = new SystemId(new RealmId("0123456789abcdef"), 2);
    private static final FragmentId FRAGMENT = FragmentHasher.of(new byte[] {1, 2, 3});

    private final KeyPair central = keys("Ed25519");
    private final KeyPair machine = p256();

    @Test
    void allotmentHoldsForItsSourceKeyAndTimeOnly() throws Exception {
        byte[] holder = PublicKeys.fingerprint(machine.getPublic());
        Signed signed = new Allotment(SOURCE, holder, NOW, NOW.plusSeconds(60), 1000, 100).sign(central.getPrivate());

        Allotment read = Allotment.open(Signed.parse(signed.text()), central.getPublic());

        assertEquals(1000, read.bytes());
        assertTrue(read.allows(SOURCE, holder, NOW));
        assertFalse(read.allows(HOST, holder, NOW));
        assertFalse(read.allows(SOURCE, new byte[32], NOW));
        assertFalse(read.allows(SOURCE, holder, NOW.plusSeconds(60)));
        assertFalse(read.allows(SOURCE, holder, NOW.minusSeconds(1)));
    }

    @Test
    void everySingleBitOfAnAllotmentMatters() {
        byte[] good = new Allotment(SOURCE, new byte[32], NOW, NOW.plusSeconds(60), 1000, 100)
                .sign(central.getPrivate())
                .bytes();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(MalformedException.class, () -> Allotment.open(Signed.parse(bad), central.getPublic()));
        }
    }

    @Test
    void grantHoldsForItsActDaemonHolderAndTimeOnly() throws Exception {
        byte[] holder = PublicKeys.fingerprint(machine.getPublic());
        Grant read = Grant.open(
                Signed.parse(grant(holder, 900).sign(central.getPrivate()).text()), central.getPublic());

        assertEquals(SOURCE, read.source());
        assertEquals(5_000, read.bytes());
        assertEquals("00000000000000000000000000000000", read.number());
        assertTrue(read.allows(Act.READ, HOST, holder, NOW));
        assertTrue(read.allows(Act.READ, HOST, holder, NOW.plusSeconds(899)));
        assertFalse(read.allows(null, HOST, holder, NOW));
        assertFalse(read.allows(Act.READ, SOURCE, holder, NOW));
        assertFalse(read.allows(Act.READ, HOST, new byte[32], NOW));
        assertFalse(read.allows(Act.READ, HOST, holder, NOW.plusSeconds(900)));
        assertFalse(read.allows(Act.READ, HOST, holder, NOW.minusSeconds(1)));
        assertTrue(read.covers(FRAGMENT));
        assertFalse(read.covers(FragmentHasher.of(new byte[] {4})));
    }

    @Test
    void grantForMoreThanFifteenMinutesIsGoodForNothing() {
        byte[] holder = new byte[32];
        assertFalse(grant(holder, 901).allows(Act.READ, HOST, holder, NOW));
    }

    @Test
    void everySingleBitOfAGrantMatters() {
        byte[] good = grant(new byte[32], 900).sign(central.getPrivate()).bytes();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(MalformedException.class, () -> Grant.open(Signed.parse(bad), central.getPublic()));
        }
    }

    @Test
    void grantIsWrittenAsThePageSays() {
        String payload = HexFormat.of()
                .formatHex(grant(new byte[32], 900).sign(central.getPrivate()).payload());
        assertEquals(
                "43524e5947520001" + "01" + "0123456789abcdef0000000000000002" + "00".repeat(32)
                        + "0123456789abcdef0000000000000011" + "000000006ab13b80" + "000000006ab13f04"
                        + "0000000000001388" + "00".repeat(16) + "01" + FRAGMENT,
                payload);
    }

    @Test
    void anActThatIsNotKnownIsRefused() {
        byte[] payload = grant(new byte[32], 900).sign(central.getPrivate()).payload();
        payload[8] = 99;
        Signed signed = Signed.sign(payload, Signed.Algorithm.ED25519, central.getPrivate());
        assertThrows(MalformedException.class, () -> Grant.open(signed, central.getPublic()));
    }

    private static Grant grant(byte[] holder, long seconds) {
        return new Grant(
                Act.READ,
                HOST,
                holder,
                SOURCE,
                NOW,
                NOW.plusSeconds(seconds),
                5_000,
                new byte[Grant.SERIAL_OCTETS],
                List.of(FRAGMENT));
    }

    @Test
    void oneDocumentIsNeverTakenForAnother() {
        Signed committed = new Committed(SOURCE, 1, new byte[32], NOW).sign(central.getPrivate());
        assertThrows(MalformedException.class, () -> Allotment.open(committed, central.getPublic()));
        assertThrows(MalformedException.class, () -> Grant.open(committed, central.getPublic()));
    }

    @Test
    void receiptNamesHostSourceFragmentAndLength() throws Exception {
        Receipt receipt = new Receipt(HOST, SOURCE, FRAGMENT, 3, NOW);
        Signed signed = receipt.sign(machine.getPrivate());
        assertEquals(receipt, Receipt.open(Signed.parse(signed.bytes()), machine.getPublic()));
        assertEquals(receipt, Receipt.claimed(signed));
        assertThrows(MalformedException.class, () -> Receipt.open(signed, p256().getPublic()));
    }

    @Test
    void realmKeysBelongToTheAuthorityThatSignedThem() throws Exception {
        KeyPair exchange = keys("X25519");
        RealmKeys keys = new RealmKeys(
                RealmId.of(machine.getPublic()),
                NOW,
                central.getPublic(),
                central.getPublic(),
                central.getPublic(),
                exchange.getPublic(),
                exchange.getPublic());
        assertEquals(keys, RealmKeys.open(keys.sign(machine.getPrivate()), machine.getPublic()));
        KeyPair stranger = p256();
        Signed foreign = keys.sign(stranger.getPrivate());
        assertThrows(MalformedException.class, () -> RealmKeys.open(foreign, machine.getPublic()));
        assertThrows(MalformedException.class, () -> RealmKeys.open(foreign, stranger.getPublic()));
    }

    @Test
    void manifestSurvivesWithEveryField() throws Exception {
        Signed signed = manifest(3).sign(machine.getPrivate());
        Manifest read = Manifest.open(Signed.parse(signed.bytes()), machine.getPublic());
        assertEquals(3, read.version());
        assertEquals(manifest(3).added(), read.added());
        assertEquals(List.of(FRAGMENT), read.removed());
        assertArrayEquals(new byte[] {9, 9}, read.label());
        assertEquals(32, Manifest.hash(signed).length);
    }

    @Test
    void manifestThatIsCutShortIsRefusedAtEveryLength() {
        byte[] payload = manifest(3).sign(machine.getPrivate()).payload();
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(payload, length);
            Signed signed = Signed.sign(cut, Signed.Algorithm.ECDSA_P256, machine.getPrivate());
            assertThrows(MalformedException.class, () -> Manifest.open(signed, machine.getPublic()));
        }
    }

    private static Manifest manifest(long version) {
        PackEntry entry = new PackEntry(FRAGMENT, PackClass.TREE, 131_072, Redundancy.copies(2));
        return new Manifest(
                SOURCE,
                version,
                5,
                new byte[32],
                NOW,
                NOW.plusSeconds(9),
                new byte[32],
                10,
                20,
                30,
                List.of(entry),
                List.of(FRAGMENT),
                new byte[] {9, 9});
    }

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
