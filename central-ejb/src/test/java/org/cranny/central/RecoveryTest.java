package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.recovery.RecoveryRequest;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.recovery.HandedOver;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Manifest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryTest {
    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @EnumSource
    void anotherMachineTakesThePlaceAndTheLostKeyIsGoodForNothing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            KeyRing ring = keep(bench, lost);
            Recovery asked = ask(bench, lost, "HAND_OVER");
            assertNotNull(asked.token());
            assertNull(bench.central.recoveries.find(asked.id()).token());

            TestMachine replacement = new TestMachine("new");
            Escrow.KeyPair sealing = Escrow.draw();
            HandedOver given = bench.central.recoveries.handOver(request(asked.token(), replacement, sealing));

            assertEquals(lost.id.number(), given.enrolled().system());
            assertEquals("ws-01", given.name());
            assertArrayEquals(
                    replacement.keys.getPublic().getEncoded(),
                    certificate(given.enrolled().certificates().get(0))
                            .getPublicKey()
                            .getEncoded());
            byte[] sealed = Base64.getDecoder().decode(given.keyRing());
            assertEquals(ring, Escrow.openRing(sealed, sealing.privateKey(), lost.id));
            assertEquals(
                    List.of(Base64.getEncoder()
                            .encodeToString(lost.keys.getPublic().getEncoded())),
                    given.formerKeys());
            assertFalse(bench.central
                    .systems
                    .admit(lost.id.number(), lost.keys.getPublic())
                    .isPresent());
            assertTrue(bench.central
                    .systems
                    .admit(lost.id.number(), replacement.keys.getPublic())
                    .isPresent());
            assertEquals(
                    List.of(HexFormat.of().formatHex(PublicKeys.fingerprint(lost.keys.getPublic()))),
                    bench.central.systems.formerKeys());
            assertTrue(bench.central.log.newest(20).stream()
                    .anyMatch(line ->
                            line.action().equals("escrow use") && line.subject().equals("system " + lost.id.number())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenGivesOnePlaceHoweverOftenItIsShown(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            keep(bench, lost);
            String token = ask(bench, lost, "HAND_OVER").token();
            TestMachine replacement = new TestMachine("new");
            HandedOver first = bench.central.recoveries.handOver(request(token, replacement, Escrow.draw()));
            HandedOver again = bench.central.recoveries.handOver(request(token, replacement, Escrow.draw()));
            assertEquals(first.enrolled().certificates(), again.enrolled().certificates());
            assertEquals(first.formerKeys(), again.formerKeys());
            Bench.refused(
                    ProblemKind.EXPIRED_TOKEN,
                    () -> bench.central.recoveries.handOver(request(token, new TestMachine("thief"), Escrow.draw())));
            Bench.refused(
                    ProblemKind.UNKNOWN_TOKEN,
                    () -> bench.central.recoveries.handOver(request("guessed", replacement, Escrow.draw())));
            String second = ask(bench, lost, "HAND_OVER").token();
            bench.clock.advance(Duration.ofHours(25));
            Bench.refused(
                    ProblemKind.EXPIRED_TOKEN,
                    () -> bench.central.recoveries.handOver(request(second, new TestMachine("late"), Escrow.draw())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLostMachinesKeyIsRefusedToReplacements(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            keep(bench, lost);
            String first = ask(bench, lost, "HAND_OVER").token();
            bench.central.recoveries.handOver(request(first, new TestMachine("new"), Escrow.draw()));
            String second = ask(bench, lost, "HAND_OVER").token();
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.recoveries.handOver(request(second, lost, Escrow.draw())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRingThatAThiefDepositedIsPassedOver(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine lost = bench.source("ws-01");
            KeyRing ring = keep(bench, lost);
            deposit(bench, lost, KeyRing.create(lost.id, random), true);
            bench.central.escrow.deposit(
                    lost.id, new EscrowDeposit(7, Base64.getEncoder().encodeToString(new byte[100]), null));
            Escrow.KeyPair sealing = Escrow.draw();
            HandedOver given = bench.central.recoveries.handOver(
                    request(ask(bench, lost, "HAND_OVER").token(), new TestMachine("new"), sealing));
            byte[] sealed = Base64.getDecoder().decode(given.keyRing());
            assertEquals(ring, Escrow.openRing(sealed, sealing.privateKey(), lost.id));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsOpenedWithoutThePassphraseAndNothingHalfDone(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.escrow.passphrase-file", "/nowhere"))) {
            TestMachine lost = bench.source("ws-01");
            keep(bench, lost);
            Recovery archive = ask(bench, lost, "ARCHIVE");
            Bench.refused(ProblemKind.ESCROW_CLOSED, () -> bench.central.recoveries.begin("admin", archive.id()));
            String token = ask(bench, lost, "HAND_OVER").token();
            Bench.refused(
                    ProblemKind.ESCROW_CLOSED,
                    () -> bench.central.recoveries.handOver(request(token, new TestMachine("new"), Escrow.draw())));
            assertTrue(bench.central
                    .systems
                    .admit(lost.id.number(), lost.keys.getPublic())
                    .isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensNoKeyRingWithoutTheLeaveOfASecondPerson(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.approval.rule", "second-person"))) {
            TestMachine lost = bench.source("ws-01");
            keep(bench, lost);
            Recovery archive = ask(bench, lost, "ARCHIVE");
            Recovery place = ask(bench, lost, "HAND_OVER");
            HandOverRequest request = request(place.token(), new TestMachine("new"), Escrow.draw());
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.recoveries.begin("bert", archive.id()));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.recoveries.handOver(request));
            assertTrue(bench.central.log.newest(20).stream()
                    .noneMatch(line -> line.action().equals("escrow use")));
            bench.central.approvals.give("bert", Bench.OFFICER, place.approval());
            assertEquals("GIVEN", bench.central.recoveries.find(place.id()).approvalState());
            bench.central.recoveries.handOver(request);
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.recoveries.begin("bert", archive.id()));
            assertTrue(bench.central.log.newest(20).stream()
                    .anyMatch(line ->
                            line.action().equals("escrow use") && line.detail().contains("given by bert")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherMachinesAgentIsToldOnlyWithLeaveAndOnce(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.approval.rule", "second-person"))) {
            TestMachine lost = bench.source("ws-01");
            keep(bench, lost);
            long agent = bench.source("ws-02").id.number();
            Recovery asked = bench.central.recoveries.ask(
                    "anna",
                    lost.id.number(),
                    new RecoveryRequest(null, List.of("/home/anna"), "AGENT", null, agent, "/srv", "disk broke"));
            assertNull(asked.job());
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.recoveries.tell("anna", asked.id()));
            bench.central.approvals.give("bert", Bench.OFFICER, asked.approval());
            bench.restart();
            Recovery told = bench.central.recoveries.tell("anna", asked.id());
            assertEquals("/srv", bench.central.jobs.find(told.job()).order().get("target"));
            assertEquals(
                    List.of("/home/anna"),
                    bench.central.jobs.paths(told.job(), 1).paths());
            Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.recoveries.tell("anna", asked.id()));
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.recoveries.tell(
                            "anna", ask(bench, lost, "ARCHIVE").id()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotBeMeant(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws-01");
            long number = source.id.number();
            Bench.refused(ProblemKind.NOT_FOUND, () -> ask(bench, source, "ARCHIVE"));
            keep(bench, source);
            Bench.refused(ProblemKind.BAD_REQUEST, () -> ask(bench, source, "PIGEON"));
            Bench.refused(
                    ProblemKind.NOT_FOUND,
                    () -> bench.central.recoveries.ask(
                            "admin", 999, new RecoveryRequest(null, null, null, null, null, null, null)));
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.recoveries.ask(
                            "admin",
                            number,
                            new RecoveryRequest(null, List.of("no slash"), null, null, null, null, null)));
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.recoveries.ask(
                            "admin", number, new RecoveryRequest(null, null, null, "rar", null, null, null)));
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.recoveries.find(4711));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChosenIsSealedInTheDatabaseAndOutlivesARestart(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws-01");
            keep(bench, source);
            Recovery asked = askFor(bench, source, "/very/private");
            assertEquals(1, asked.paths());
            assertTrue(bench.central.log.newest(20).stream()
                    .noneMatch(line -> line.detail().contains("private")));
            List<byte[]> sealed = sealedChoices(bench);
            assertEquals(1, sealed.size());
            assertFalse(new String(sealed.get(0), StandardCharsets.ISO_8859_1).contains("private"));
            bench.restart();
            assertEquals(1, bench.central.recoveries.find(asked.id()).paths());
            bench.central.recoveries.begin("admin", asked.id()).drop();
            assertEquals("FAILED", bench.central.recoveries.find(asked.id()).state());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChosenIsGoneWhenTheRecoveryCanBeBegunNoMore(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws-01");
            keep(bench, source);
            Recovery old = askFor(bench, source, "/very/private");
            bench.clock.advance(Duration.ofHours(25));
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.recoveries.begin("admin", old.id()));
            askFor(bench, source, "/another");
            assertEquals(1, sealedChoices(bench).size());
        }
    }

    private static Recovery askFor(Bench bench, TestMachine source, String path) {
        return bench.central.recoveries.ask(
                "admin", source.id.number(), new RecoveryRequest(null, List.of(path), null, null, null, null, null));
    }

    private static List<byte[]> sealedChoices(Bench bench) throws SQLException {
        List<byte[]> sealed = new ArrayList<>();
        try (Connection connection = bench.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select sealed from recovery_choice")) {
            while (rows.next()) {
                sealed.add(rows.getBytes(1));
            }
        }
        return sealed;
    }

    @ParameterizedTest
    @EnumSource
    void sourcesThatDepositNoBrowseKeyAreNotListed(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws-01");
            KeyRing ring = KeyRing.create(source.id, random);
            deposit(bench, source, ring, false);
            commit(bench, source, ring);
            Bench.refused(
                    ProblemKind.NO_BROWSING,
                    () -> bench.central.browsing.list("admin", source.id.number(), "latest", "/", null, 10));
        }
    }

    /** A source with a deposited ring and one committed, empty snapshot. */
    private KeyRing keep(Bench bench, TestMachine source) throws Exception {
        KeyRing ring = KeyRing.create(source.id, random);
        deposit(bench, source, ring, true);
        commit(bench, source, ring);
        return ring;
    }

    private static void deposit(Bench bench, TestMachine source, KeyRing ring, boolean browse) throws Exception {
        X509Certificate authority = bench.central.authority.certificate();
        RealmKeys keys = RealmKeys.open(Signed.parse(bench.central.authority.realmKeys()), authority.getPublicKey());
        Base64.Encoder base64 = Base64.getEncoder();
        bench.central.escrow.deposit(
                source.id,
                new EscrowDeposit(
                        ring.generation(),
                        base64.encodeToString(Escrow.sealRing(ring, raw(keys.escrow()))),
                        browse
                                ? base64.encodeToString(Escrow.sealBrowse(ring.browseKeys(), raw(keys.browse())))
                                : null));
    }

    private void commit(Bench bench, TestMachine source, KeyRing ring) {
        byte[] label = LabelSeal.seal(new Label(List.of(), "ws-01", List.of(), ""), ring, source.id, 1, random);
        Manifest manifest = new Manifest(
                source.id,
                1,
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
                label);
        bench.central.snapshots.commit(
                source.id,
                new CommitRequest(manifest.sign(source.keys.getPrivate()).text(), null));
    }

    private static Recovery ask(Bench bench, TestMachine source, String way) {
        return bench.central.recoveries.ask(
                "admin", source.id.number(), new RecoveryRequest(null, null, way, null, null, null, null));
    }

    private static HandOverRequest request(String token, TestMachine machine, Escrow.KeyPair sealing) {
        return new HandOverRequest(token, machine.csr(), Base64.getEncoder().encodeToString(sealing.publicKey()));
    }

    private static byte[] raw(PublicKey x25519) {
        byte[] encoded = x25519.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
