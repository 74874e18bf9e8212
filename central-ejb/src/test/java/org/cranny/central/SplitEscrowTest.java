package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.central.approval.Approval;
import org.cranny.central.escrow.Officer;
import org.cranny.central.escrow.SealedRing;
import org.cranny.central.escrow.ShownShare;
import org.cranny.central.escrow.SplitRequest;
import org.cranny.central.escrow.SplitShares;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The escrow key is with three officers, any two of whom open one machine's ring. */
class SplitEscrowTest {
    private static final List<String> NAMES = List.of("anna", "bert", "carl");

    @TempDir
    Path folder;

    private final Map<String, Escrow.KeyPair> keys = new LinkedHashMap<>();
    private final List<ShownShare> shares = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void centralKeepsTheKeyUntilEveryOfficerHasShownTheirShare(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            draw(bench);
            bench.central.officers.show("anna", shares.get(0));
            bench.central.officers.show("anna", shares.get(0));
            assertEquals(
                    List.of("bert", "carl"), bench.central.officers.status().missing());
            bench.central.officers.show("bert", shares.get(1));
            assertEquals("CENTRAL", bench.central.officers.status().mode());
            assertTrue(Files.exists(home().resolve("escrow.key")));
            bench.central.officers.show("carl", shares.get(2));
            assertEquals("SPLIT", bench.central.officers.status().mode());
            assertFalse(Files.exists(home().resolve("escrow.key")));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> draw(bench));
            bench.restart();
            assertEquals(NAMES, bench.central.officers.status().officers());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneWrongShareLeavesEverythingAsItWas(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            draw(bench);
            bench.central.officers.show("anna", shares.get(0));
            bench.central.officers.show("bert", flipped(shares.get(1)));
            Bench.refused(ProblemKind.ESCROW_CLOSED, () -> bench.central.officers.show("carl", shares.get(2)));
            assertTrue(Files.exists(home().resolve("escrow.key")));
            assertEquals(NAMES, bench.central.officers.status().missing());
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoOfficersOpenTheRingOfOneMachineAfterTheOwnersDay(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            TestMachine other = bench.source("ws-02");
            KeyRing ring = deposit(bench, lost);
            deposit(bench, other);
            splitWhole(bench);
            Approval asked = bench.central
                    .approvals
                    .ask("admin", lost.id.number(), "recovery", "stolen")
                    .orElseThrow();
            Bench.refused(
                    ProblemKind.NOT_APPROVED, () -> bench.central.officers.bring("anna", asked.id(), shares.get(0)));
            Bench.refused(
                    ProblemKind.NOT_ALLOWED, () -> bench.central.approvals.give("bert", Bench.OFFICER, asked.id()));
            bench.clock.advance(Duration.ofHours(24));
            assertFalse(bench.central
                    .officers
                    .bring("anna", asked.id(), shares.get(0))
                    .open());
            assertFalse(bench.central
                    .officers
                    .bring("anna", asked.id(), shares.get(0))
                    .open());
            Bench.refused(ProblemKind.ESCROW_CLOSED, () -> open(bench, lost, asked.id()));
            assertTrue(bench.central
                    .officers
                    .bring("carl", asked.id(), shares.get(2))
                    .open());
            assertEquals(ring, open(bench, lost, asked.id()));
            assertEquals(ring, open(bench, lost, asked.id()));
            Bench.refused(ProblemKind.ESCROW_CLOSED, () -> open(bench, other, asked.id()));
            Bench.refused(ProblemKind.ESCROW_CLOSED, () -> open(bench, lost, asked.id() + 1));
            bench.clock.advance(Duration.ofHours(1));
            Bench.refused(ProblemKind.ESCROW_CLOSED, () -> open(bench, lost, asked.id()));
            List<String> actions = bench.central.log.newest(30).stream()
                    .map(line -> line.actor() + " " + line.action())
                    .toList();
            for (String row : List.of("anna share brought", "carl share brought", "carl escrow opened")) {
                assertTrue(actions.contains(row), actions::toString);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesAreForgottenAfterAnHourARestartOrARefusal(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            deposit(bench, lost);
            splitWhole(bench);
            long asked = asked(bench, lost);
            bench.central.officers.bring("anna", asked, shares.get(0));
            bench.clock.advance(Duration.ofHours(1));
            assertEquals(
                    1,
                    bench.central.officers.bring("bert", asked, shares.get(1)).brought());
            bench.restart();
            assertEquals(
                    1,
                    bench.central.officers.bring("carl", asked, shares.get(2)).brought());
            bench.central.approvals.refuse("owner", asked);
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.officers.bring("bert", asked, shares.get(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongShareOpensNothingAndTheRightOnesDoAfterwards(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            KeyRing ring = deposit(bench, lost);
            splitWhole(bench);
            long asked = asked(bench, lost);
            bench.central.officers.bring("anna", asked, shares.get(0));
            Bench.refused(
                    ProblemKind.ESCROW_CLOSED,
                    () -> bench.central.officers.bring("bert", asked, flipped(shares.get(1))));
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.officers.bring("bert", asked, new ShownShare("rubbish")));
            bench.central.officers.bring("anna", asked, shares.get(0));
            bench.central.officers.bring("bert", asked, shares.get(1));
            assertEquals(ring, open(bench, lost, asked));
        }
    }

    /** Everything on central's disk, the passphrase, and one officer's share. */
    @ParameterizedTest
    @EnumSource
    void centralsDiskAndOneOfficerOpenNothing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            deposit(bench, lost);
            byte[] keyFile = Files.readAllBytes(home().resolve("escrow.key"));
            Secret whole = wholeKey(bench);
            splitWhole(bench);
            SealedRing deposit = bench.central.escrow.rings(lost.id.number()).get(0);
            assertEquals(
                    lost.id, Escrow.openRing(deposit.keyRing(), whole, lost.id).source());

            byte[] sealedPart = Arrays.copyOfRange(keyFile, keyFile.length - 48, keyFile.length);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    byte[] octets = Files.readAllBytes(file);
                    assertFalse(contains(octets, whole.bytes()), file::toString);
                    assertFalse(contains(octets, sealedPart), file::toString);
                    for (ShownShare share : shares) {
                        byte[] encoded = Base64.getDecoder().decode(share.share());
                        assertFalse(
                                contains(octets, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)),
                                file::toString);
                    }
                }
            }
            byte[] one = Base64.getDecoder().decode(shares.get(0).share());
            KeyShare held = KeyShare.decode(one);
            assertThrows(KeysUnreadableException.class, () -> KeyShare.join(List.of(held)));
            assertThrows(
                    KeysUnreadableException.class,
                    () -> Escrow.openRing(
                            deposit.keyRing(),
                            Secret.of(Arrays.copyOfRange(one, one.length - 32, one.length)),
                            lost.id));
            long asked = asked(bench, lost);
            bench.central.officers.bring("anna", asked, shares.get(0));
            Bench.refused(ProblemKind.ESCROW_CLOSED, () -> open(bench, lost, asked));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesSplitsThatCannotBeMeant(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String key = base64(Escrow.draw().publicKey());
            String another = base64(Escrow.draw().publicKey());
            List<SplitRequest> wrong = List.of(
                    new SplitRequest(null, 2),
                    new SplitRequest(List.of(new Officer("a", key)), 2),
                    new SplitRequest(List.of(new Officer("a", key), new Officer("A", another)), 2),
                    new SplitRequest(List.of(new Officer("a", key), new Officer("b", key)), 2),
                    new SplitRequest(List.of(new Officer("a", key), new Officer("b", "short")), 2),
                    new SplitRequest(List.of(new Officer("a", key), new Officer("b", another)), 1),
                    new SplitRequest(List.of(new Officer("a", key), new Officer("b", another)), 3));
            for (SplitRequest request : wrong) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.officers.split("admin", request));
            }
            assertEquals("CENTRAL", bench.central.officers.status().mode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherOfficersOpenWhatWasSealedBeforeAndThoseOfBeforeNothingThatIsSealedAfterwards(Databases kind)
            throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            KeyRing ring = deposit(bench, lost);
            splitWhole(bench);
            byte[] before = bench.central.authority.escrowPublicKey();
            List<ShownShare> old = List.copyOf(shares);

            SplitRequest others = request("dora", "emil", "anna");
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.officers.bringForChange("anna", old.get(0)));
            assertEquals(2, bench.central.officers.change("admin", others).needed());
            assertNull(bench.central.officers.bringForChange("anna", old.get(0)).shares());
            assertNull(bench.central.officers.bringForChange("anna", old.get(0)).shares());
            take(bench.central.officers.bringForChange("carl", old.get(2)).shares());
            assertArrayEquals(before, bench.central.authority.escrowPublicKey());
            bench.restart();
            for (ShownShare share : shares) {
                bench.central.officers.show("new", share);
            }
            assertEquals(
                    List.of("dora", "emil", "anna"),
                    bench.central.officers.status().officers());
            assertFalse(Arrays.equals(before, bench.central.authority.escrowPublicKey()));
            bench.restart();
            assertFalse(Arrays.equals(before, bench.central.authority.escrowPublicKey()));

            long asked = asked(bench, lost);
            Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.officers.bring("bert", asked, old.get(1)));
            bench.central.officers.bring("dora", asked, shares.get(0));
            bench.central.officers.bring("emil", asked, shares.get(1));
            assertEquals(ring, open(bench, lost, asked));

            TestMachine next = bench.source("ws-02");
            KeyRing after = deposit(bench, next);
            Secret oldKey = KeyShare.join(List.of(decoded(old.get(0)), decoded(old.get(1))));
            byte[] sealed = bench.central.escrow.rings(next.id.number()).get(0).keyRing();
            assertThrows(KeysUnreadableException.class, () -> Escrow.openRing(sealed, oldKey, next.id));
            long another = asked(bench, next);
            bench.central.officers.bring("emil", another, shares.get(1));
            bench.central.officers.bring("anna", another, shares.get(2));
            assertEquals(after, open(bench, next, another));
            assertNotOnDisk(oldKey.bytes());

            bench.central.officers.change("admin", request("gina", "hugo"));
            bench.central.officers.bringForChange("emil", shares.get(1));
            take(bench.central.officers.bringForChange("anna", shares.get(2)).shares());
            for (ShownShare share : List.copyOf(shares)) {
                bench.central.officers.show("new", share);
            }
            long third = asked(bench, lost);
            bench.central.officers.bring("gina", third, shares.get(0));
            bench.central.officers.bring("hugo", third, shares.get(1));
            assertEquals(ring, open(bench, lost, third));
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongSharesTooFewOrTooLateChangeNoOfficers(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            SplitRequest others = request("dora", "emil");
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.officers.change("admin", others));
            splitWhole(bench);
            bench.central.officers.change("admin", others);
            bench.central.officers.bringForChange("anna", shares.get(0));
            Bench.refused(
                    ProblemKind.ESCROW_CLOSED,
                    () -> bench.central.officers.bringForChange("bert", flipped(shares.get(1))));
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.officers.bringForChange("bert", shares.get(1)));
            bench.central.officers.change("admin", others);
            bench.central.officers.bringForChange("anna", shares.get(0));
            bench.clock.advance(Duration.ofHours(1));
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.officers.bringForChange("bert", shares.get(1)));
            assertEquals(NAMES, bench.central.officers.status().officers());
            assertNull(bench.central.officers.status().nextSplit());
        }
    }

    private SplitRequest request(String... names) {
        List<Officer> officers = new ArrayList<>();
        for (String name : names) {
            keys.put(name, Escrow.draw());
            officers.add(new Officer(name, base64(keys.get(name).publicKey())));
        }
        return new SplitRequest(officers, 2);
    }

    private static KeyShare decoded(ShownShare share) throws KeysUnreadableException {
        return KeyShare.decode(Base64.getDecoder().decode(share.share()));
    }

    private void assertNotOnDisk(byte[] secret) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(contains(Files.readAllBytes(file), secret), file::toString);
            }
        }
    }

    private void draw(Bench bench) throws KeysUnreadableException {
        take(bench.central.officers.split("admin", request(NAMES.toArray(String[]::new))));
    }

    /** Every officer opens their share. */
    private void take(SplitShares split) throws KeysUnreadableException {
        shares.clear();
        for (SplitShares.SealedShare sealed : split.shares()) {
            KeyShare share = Escrow.openShare(
                    Base64.getDecoder().decode(sealed.share()),
                    keys.get(sealed.officer()).privateKey());
            shares.add(new ShownShare(base64(share.encode())));
        }
    }

    private void splitWhole(Bench bench) throws KeysUnreadableException {
        draw(bench);
        for (int i = 0; i < NAMES.size(); i++) {
            bench.central.officers.show(NAMES.get(i), shares.get(i));
        }
    }

    private static long asked(Bench bench, TestMachine lost) {
        long asked = bench.central
                .approvals
                .ask("admin", lost.id.number(), "recovery", null)
                .orElseThrow()
                .id();
        bench.clock.advance(Duration.ofHours(24));
        return asked;
    }

    private static KeyRing open(Bench bench, TestMachine machine, long approval) {
        return bench.central.keyRings.open(
                machine.id, new org.cranny.central.escrow.Reason("admin", "a test", approval), ring -> true);
    }

    private static Secret wholeKey(Bench bench) throws Exception {
        char[] passphrase = Files.readString(Homes.escrowPassphrase()).strip().toCharArray();
        return Secret.of(((java.security.interfaces.XECPrivateKey) bench.central.authority.escrowKey(passphrase))
                .getScalar()
                .orElseThrow());
    }

    private static KeyRing deposit(Bench bench, TestMachine source) {
        KeyRing ring = KeyRing.create(source.id, new SecureRandom());
        byte[] sealed = Escrow.sealRing(ring, bench.central.authority.escrowPublicKey());
        bench.central.escrow.deposit(source.id, new EscrowDeposit(1, base64(sealed), null));
        return ring;
    }

    private static ShownShare flipped(ShownShare share) {
        byte[] octets = Base64.getDecoder().decode(share.share());
        octets[octets.length - 3] ^= 4;
        return new ShownShare(base64(octets));
    }

    private Path home() {
        return folder.resolve("home");
    }

    private static boolean contains(byte[] octets, byte[] part) {
        return HexFormat.of().formatHex(octets).contains(HexFormat.of().formatHex(part));
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
