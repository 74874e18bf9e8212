package org.cranny.client.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.StubCentral.Answer;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.snapshot.VersionRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CentralTest {
    private static final Lease LEASE = new Lease(
            9, 3, "ab".repeat(32), List.of("cd".repeat(32)), "allotment", 120, List.of(new VersionRange(1, 2)));

    private final TestRealm realm = new TestRealm();
    private final List<Long> waited = new ArrayList<>();
    private StubCentral stub;
    private Central central;

    @BeforeEach
    void start() throws Exception {
        stub = StubCentral.start(realm);
        central = new Central(stub.machinesUrl(), realm.machine(7), waited::add);
    }

    @AfterEach
    void stop() {
        central.close();
        stub.close();
    }

    @Test
    void takesRenewsAndReleasesALease() throws IOException {
        stub.answer(Answer.json(LEASE), Answer.json(LEASE), new Answer(204, "application/json", ""));
        assertEquals(LEASE, central.lease(4, "attempt"));
        assertEquals(LEASE, central.renew(9));
        central.release(9);
        assertEquals(List.of("POST /api/v1/leases", "PUT /api/v1/leases/9", "DELETE /api/v1/leases/9"), stub.paths());
        assertEquals(
                "{\"attempt\":\"attempt\",\"lastEpoch\":4}", stub.seen().get(0).body());
    }

    @Test
    void keepsItsConnectionOpen() throws IOException {
        stub.answer(Answer.json(LEASE), Answer.json(LEASE), Answer.json(LEASE));
        central.lease(0, "attempt");
        central.renew(9);
        central.renew(9);
        assertEquals(
                1,
                stub.seen().stream()
                        .map(StubCentral.Seen::connection)
                        .distinct()
                        .count());
    }

    @Test
    void registersPlacements() throws IOException {
        Registered registered = new Registered(List.of("ab".repeat(32)), List.of());
        stub.answer(Answer.json(registered));
        Placement placement =
                new Placement("ab".repeat(32), "DATA", 128, 1, 2, List.of(new Held(0, "r0"), new Held(1, "r1")));
        assertEquals(registered, central.register(new Placements(List.of(placement))));
        assertTrue(stub.seen().get(0).body().contains("\"receipt\":\"r1\""));
    }

    @Test
    void commitsAndLists() throws IOException {
        CommitAnswer committed = new CommitAnswer("ab".repeat(32), 4, "signed", 17);
        SnapshotLine line = new SnapshotLine("ab".repeat(32), 4, "manifest", "committed", false);
        stub.answer(new Answer(201, "application/json", Answer.json(committed).body()), Answer.json(List.of(line)));
        assertEquals(committed, central.commit(new CommitRequest("manifest", new NewContent(8, 5))));
        assertTrue(
                stub.seen().get(0).body().contains("\"plainBytes\":8"),
                stub.seen().get(0)::body);
        assertEquals(List.of(line), central.snapshots(3));
        assertEquals("GET /api/v1/snapshots?after=3", stub.paths().get(1));
    }

    @Test
    void sendsAndReadsPacks(@TempDir Path folder) throws IOException {
        FragmentId pack = FragmentId.of("ab".repeat(32));
        Path file = Files.writeString(folder.resolve("pack"), "octets of a pack");
        stub.answer(new Answer(201, "text/plain", ""), new Answer(206, "application/octet-stream", "of a"));
        central.keepPack(pack, file);
        assertArrayEquals("of a".getBytes(StandardCharsets.US_ASCII), central.readPack(pack, 7, 4));
        assertEquals("octets of a pack", stub.seen().get(0).body());
        assertEquals("PUT /api/v1/packs/" + pack, stub.paths().get(0));
    }

    @Test
    void refusesAPackRangeOfAnotherLength() {
        stub.answer(new Answer(206, "application/octet-stream", "of"));
        assertThrows(IOException.class, () -> central.readPack(FragmentId.of("ab".repeat(32)), 7, 4));
    }

    @Test
    void tellsThatNothingChangedInTheMasterFile() throws IOException {
        stub.answer(new Answer(304, "text/plain", ""));
        assertTrue(central.masterFile(1).isEmpty());
        assertEquals(realm.masterFile(1, 2, 3).version(), 1);
        assertTrue(central.masterFile(0).orElseThrow().startsWith("{\"cranny\":\"master-file\""));
    }

    @Test
    void passesEveryProblemOn() {
        for (ProblemKind kind : EnumSet.complementOf(EnumSet.of(ProblemKind.CENTRAL_FULL, ProblemKind.TOO_SLOW))) {
            stub.answer(Answer.problem(Problem.ofItems(kind, "what is wrong", List.of("a", "b"))));
            ProblemException refused = assertThrows(ProblemException.class, () -> central.lease(0, "attempt"));
            assertEquals(kind.name(), refused.problem().kind());
            assertEquals(kind.advice(), refused.problem().advice());
            assertEquals(List.of("a", "b"), refused.problem().items());
        }
        assertEquals(List.of(), waited);
    }

    @Test
    void passesProblemsAboutPacksOn() {
        stub.answer(Answer.problem(Problem.of(ProblemKind.WRONG_HASH, "another hash")));
        ProblemException refused =
                assertThrows(ProblemException.class, () -> central.readPack(FragmentId.of("ab".repeat(32)), 0, 4));
        assertEquals("WRONG_HASH", refused.problem().kind());
    }

    @Test
    void aCentralWhoseDiskIsFullIsAwayForNow() {
        stub.answer(Answer.problem(Problem.of(ProblemKind.CENTRAL_FULL, "central's own disk is full")));
        CatalogueAwayException away = assertThrows(CatalogueAwayException.class, () -> central.lease(0, "attempt"));
        assertTrue(away.getMessage().contains("disk is full. Make room"), away.getMessage());
        stub.answer(Answer.problem(Problem.of(ProblemKind.CENTRAL_FULL, "central's own disk is full")));
        assertThrows(CatalogueAwayException.class, () -> central.readPack(FragmentId.of("ab".repeat(32)), 0, 4));
        assertEquals(List.of(), waited);
    }

    @Test
    void whatCentralDidNotGetWholeIsSentAgain() throws IOException {
        Answer half = Answer.problem(Problem.of(ProblemKind.TOO_SLOW, "The body broke off on its way."));
        stub.answer(half, half, Answer.json(LEASE));
        assertEquals(LEASE, central.lease(0, "attempt"));
        assertEquals(List.of(200L, 800L), waited);
        stub.answer(half, half, half);
        assertThrows(CatalogueAwayException.class, () -> central.lease(0, "attempt"));
    }

    @Test
    void triesAgainWhileCentralIsStarting() throws IOException {
        stub.answer(new Answer(404, "text/html", "<html>"), new Answer(503, "text/html", ""), Answer.json(LEASE));
        assertEquals(LEASE, central.lease(0, "attempt"));
        assertEquals(List.of(200L, 800L), waited);
        assertEquals(
                1, stub.seen().stream().map(StubCentral.Seen::body).distinct().count(), "the same attempt");
    }

    @Test
    void saysThatCentralIsAwayAfterTheLastTry() {
        Answer starting = new Answer(503, "text/html", "");
        stub.answer(starting, starting, starting);
        CatalogueAwayException away = assertThrows(CatalogueAwayException.class, () -> central.lease(0, "attempt"));
        assertTrue(away.getMessage().contains("503"), away.getMessage());
        assertEquals(3, stub.seen().size());
    }

    @Test
    void saysAtOnceThatNobodyListens() throws Exception {
        URI gone = stub.machinesUrl();
        stub.close();
        try (Central alone = new Central(gone, realm.machine(7), waited::add)) {
            assertThrows(CatalogueAwayException.class, () -> alone.lease(0, "attempt"));
            assertThrows(CatalogueAwayException.class, () -> alone.readPack(FragmentId.of("ab".repeat(32)), 0, 1));
        }
        assertEquals(List.of(), waited);
    }

    @Test
    void sendsNothingToAnotherMachineOfTheRealm() throws Exception {
        try (StubCentral host = StubCentral.startAs(realm, realm.machine(2));
                Central misled = new Central(host.machinesUrl(), realm.machine(7), waited::add)) {
            assertThrows(UntrustedCentralException.class, () -> misled.lease(0, "attempt"));
            assertThrows(UntrustedCentralException.class, () -> misled.readPack(FragmentId.of("ab".repeat(32)), 0, 1));
            assertEquals(List.of(), host.seen());
        }
    }

    @Test
    void sendsNothingToACentralOfAnotherRealm() throws Exception {
        try (StubCentral foreign = StubCentral.start(new TestRealm());
                Central misled = new Central(foreign.machinesUrl(), realm.machine(7), waited::add)) {
            assertThrows(UntrustedCentralException.class, () -> misled.lease(0, "attempt"));
            assertEquals(List.of(), foreign.seen());
        }
    }

    @Test
    void saysThatItsCertificateHasExpired() throws Exception {
        try (Central late = new Central(stub.machinesUrl(), realm.expiredMachine(7), waited::add)) {
            IOException refused = assertThrows(IOException.class, late::realm);
            assertTrue(refused.getMessage().contains("expired on"), refused.getMessage());
        }
        assertEquals(List.of(), stub.seen());
    }

    @Test
    void saysThatItsCertificateIsRefused() {
        for (String alert : List.of(
                "certificate_unknown",
                "certificate_revoked",
                "certificate_expired",
                "certificate_required",
                "bad_certificate",
                "unknown_ca")) {
            ProblemException refused = assertThrows(
                    ProblemException.class, () -> Trouble.refuseHopeless(stub.machinesUrl(), after(alert)), alert);
            assertEquals("NOT_LOGGED_IN", refused.problem().kind());
        }
    }

    @Test
    void aCentralWhoseTlsFailsIsAwayAndRefusesNobody() throws Exception {
        for (String alert : List.of("internal_error", "close_notify", "handshake_failure", "user_canceled")) {
            Trouble.refuseHopeless(stub.machinesUrl(), after(alert));
        }
    }

    private static IOException after(String alert) {
        return new IOException(new SSLHandshakeException("(" + alert + ") Received fatal alert: " + alert));
    }
}
