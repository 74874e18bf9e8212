package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.enrollment.Tokens;
import org.cranny.central.system.Systems;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnrollmentTest {
    @TempDir
    Path folder;

    @Test
    void aTokenIsNeverTakenForAnOption() {
        Deque<Byte> first = new ArrayDeque<>(List.of((byte) 0xf8, (byte) 0xfb, (byte) 0xfc));
        SecureRandom hyphensFirst = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                bytes[0] = first.remove();
            }
        };
        assertTrue(Tokens.make(hyphensFirst).startsWith("_"));
    }

    @ParameterizedTest
    @EnumSource
    void certificateNamesTheSystemAndChainsToTheAuthority(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine machine = new TestMachine("ws-01");
            Enrolled enrolled = bench.central.enrollments.enroll(
                    machine.enrollment(bench.token(1, "source", "host"), "source", "host"));

            X509Certificate own = certificate(enrolled.certificates().get(0));
            X509Certificate authority = certificate(enrolled.certificates().get(1));
            own.verify(authority.getPublicKey());
            assertArrayEquals(
                    machine.keys.getPublic().getEncoded(), own.getPublicKey().getEncoded());
            assertTrue(own.getSubjectAlternativeNames()
                    .contains(List.of(6, "cranny:" + enrolled.realm() + ":" + enrolled.system())));
            assertEquals(-1, own.getBasicConstraints());
            assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), own.getExtendedKeyUsage());
            RealmKeys keys = RealmKeys.open(Signed.parse(enrolled.realmKeys()), authority.getPublicKey());
            Allotment allotment = Allotment.open(Signed.parse(enrolled.allotment()), keys.grant());
            assertArrayEquals(PublicKeys.fingerprint(machine.keys.getPublic()), allotment.holder());
        }
    }

    @ParameterizedTest
    @EnumSource
    void singleUseTokenEnrollsOnceHoweverManyAsk(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String token = bench.token(1, "source");
            List<Callable<Enrolled>> asking = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                EnrollmentRequest request = new TestMachine("ws-" + i).enrollment(token, "source");
                asking.add(() -> bench.central.enrollments.enroll(request));
            }
            List<Object> outcomes = Bench.together(asking);
            assertEquals(1, outcomes.stream().filter(Enrolled.class::isInstance).count(), outcomes.toString());
            assertEquals(
                    7,
                    outcomes.stream()
                            .filter(outcome -> outcome instanceof ProblemException problem
                                    && problem.problem().kind().equals("EXPIRED_TOKEN"))
                            .count());
            assertEquals(1, bench.central.systems.all().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameRequestAgainGivesTheSameAnswerAndUsesNothingUp(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            EnrollmentRequest request = new TestMachine("ws-01").enrollment(bench.token(1, "source"), "source");
            Enrolled first = bench.central.enrollments.enroll(request);
            Enrolled second = bench.central.enrollments.enroll(request);
            assertEquals(first.system(), second.system());
            assertEquals(first.certificates(), second.certificates());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenForAnyNumberEnrollsManyAndNumbersDiffer(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String token = bench.token(0, "host");
            long first = joined(bench, "a", token).id.number();
            bench.restart();
            long second = joined(bench, "b", token).id.number();
            assertTrue(first >= 2);
            assertNotEquals(first, second);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesUnknownAndExpiredTokensAndOtherRoles(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine machine = new TestMachine("ws-01");
            Bench.refused(
                    ProblemKind.UNKNOWN_TOKEN,
                    () -> bench.central.enrollments.enroll(machine.enrollment("wrong", "source")));
            Bench.refused(
                    ProblemKind.UNKNOWN_TOKEN,
                    () -> bench.central.enrollments.enroll(machine.enrollment(null, "source")));
            String token = bench.token(1, "source");
            ProblemException wrong = Bench.refused(
                    ProblemKind.BAD_REQUEST, () -> bench.central.enrollments.enroll(machine.enrollment(token, "host")));
            assertEquals("roles", wrong.problem().field());
            bench.clock.advance(Duration.ofHours(2));
            Bench.refused(
                    ProblemKind.EXPIRED_TOKEN,
                    () -> bench.central.enrollments.enroll(machine.enrollment(token, "source")));
            assertEquals(List.of(), bench.central.systems.all());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenWithAnyCharacterChangedLeftOutOrAddedIsUnknown(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine machine = new TestMachine("ws-01");
            String token = bench.token(1, "source");
            for (int i = 0; i < token.length(); i++) {
                String begin = token.substring(0, i);
                String end = token.substring(i + 1);
                char other = token.charAt(i) == 'A' ? 'B' : 'A';
                for (String spoilt : List.of(begin + other + end, begin + end, begin + other + token.substring(i))) {
                    Bench.refused(
                            ProblemKind.UNKNOWN_TOKEN,
                            () -> bench.central.enrollments.enroll(machine.enrollment(spoilt, "source")));
                }
            }
            bench.central.enrollments.enroll(machine.enrollment(token, "source"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatJoinsWithAnOwnersTokenIsTheirs(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Enrollments enrollments = bench.central.enrollments;
            Bench.refused(ProblemKind.NOT_ALLOWED, () -> enrollments.createOwnToken("ann", Set.of()));
            String token = enrollments
                    .createOwnToken("ann", Set.of("ann@example.org", "ann@example.com"))
                    .token();
            TestMachine machine = new TestMachine("lap-ann");
            Bench.refused(ProblemKind.BAD_REQUEST, () -> enrollments.enroll(machine.enrollment(token, "host")));
            EnrollmentRequest request = machine.enrollment(token, "source");
            long number = enrollments.enroll(request).system();
            assertEquals(number, enrollments.enroll(request).system());
            assertEquals(
                    "ann@example.com",
                    bench.central.systems.find(number).orElseThrow().owner());
            Bench.refused(
                    ProblemKind.EXPIRED_TOKEN,
                    () -> enrollments.enroll(new TestMachine("another").enrollment(token, "source")));
            String late =
                    enrollments.createOwnToken("ann", Set.of("ann@example.com")).token();
            bench.clock.advance(Duration.ofMinutes(11));
            Bench.refused(
                    ProblemKind.EXPIRED_TOKEN,
                    () -> enrollments.enroll(new TestMachine("late").enrollment(late, "source")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesRequestsThatProveNothing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String token = bench.token(0, "source");
            TestMachine rsa = new TestMachine("rsa", TestMachine.newKeys("RSA"));
            TestMachine good = new TestMachine("good");
            byte[] broken = Base64.getMimeDecoder()
                    .decode(good.csr().replaceAll("-----[A-Z ]+-----", "").strip());
            broken[broken.length - 1] ^= 1;
            for (String csr : Stream.of(
                            rsa.csr("SHA256withRSA"),
                            TestMachine.pem(broken),
                            "",
                            "-----BEGIN",
                            TestMachine.pem(new byte[40]))
                    .toList()) {
                EnrollmentRequest request = new EnrollmentRequest(token, "x", List.of("source"), csr, null, null);
                ProblemException refused =
                        Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.enrollments.enroll(request));
                assertEquals("csr", refused.problem().field());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesNamesLabelsAndAddressesThatCouldBreakALine(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String token = bench.token(0, "host");
            String csr = new TestMachine("x").csr();
            for (String name : Stream.of("", " ", "a\nb", "a\u2028b", "a\u0000", "\u202Eevil", "x".repeat(101))
                    .toList()) {
                assertField(
                        bench, "name", new EnrollmentRequest(token, name, List.of("host"), csr, "https://h:1", null));
                assertField(
                        bench,
                        "failureDomain",
                        new EnrollmentRequest(token, "n", List.of("host"), csr, "https://h:1", name));
            }
            assertField(
                    bench,
                    "failureDomain",
                    new EnrollmentRequest(token, "n", List.of("host"), csr, "https://h:1", "host:3"));
            for (String address : Stream.of(
                            "http://h:1",
                            "https://h",
                            "https://u@h:1",
                            "https://h:1/x",
                            "https://h:99999",
                            "h:1",
                            "https://h:1?q")
                    .toList()) {
                assertField(bench, "address", new EnrollmentRequest(token, "n", List.of("host"), csr, address, null));
            }
            assertField(bench, "address", new EnrollmentRequest(token, "n", List.of("host"), csr, null, null));
            assertField(bench, "roles", new EnrollmentRequest(token, "n", List.of("king"), csr, null, null));
            assertField(bench, "roles", new EnrollmentRequest(token, "n", Arrays.asList(null, ""), csr, null, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void databaseDoesNotKnowTheToken(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String token = bench.central
                    .enrollments
                    .createToken("admin", new TokenRequest(List.of("source"), 1, 60))
                    .token();
            try (Connection connection = bench.dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select hash, created_by from enrollment_token")) {
                assertTrue(rows.next());
                assertFalse(rows.getString(1).contains(token));
                assertEquals(64, rows.getString(1).length());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void revokedMachinesAreNotAdmittedAndDoNotComeBack(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String token = bench.token(1, "source");
            TestMachine machine = new TestMachine("ws-01");
            EnrollmentRequest request = machine.enrollment(token, "source");
            machine.joined(bench.central, request);
            long number = machine.id.number();
            assertTrue(bench.central
                    .systems
                    .admit(number, machine.keys.getPublic())
                    .isPresent());
            assertTrue(bench.central
                    .systems
                    .admit(number, new TestMachine("other").keys.getPublic())
                    .isEmpty());
            bench.central.systems.revoke(number, "admin", "stolen");
            bench.central.systems.revoke(number, "admin", "stolen");
            assertTrue(bench.central
                    .systems
                    .admit(number, machine.keys.getPublic())
                    .isEmpty());
            assertEquals(List.of(number), bench.central.systems.revoked());
            Bench.refused(ProblemKind.REVOKED, () -> bench.central.enrollments.enroll(request));
            assertEquals(
                    1,
                    bench.central.log.newest(100).stream()
                            .filter(line -> line.action().equals("revocation"))
                            .count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsNoAdministratorShutsOutSoManyADay(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Systems systems = bench.central.systems;
            long first = bench.source("a").id.number();
            long second = bench.source("b").id.number();
            assertTrue(systems.shutOut(first, "heidi", "stolen", 1).revoked());
            assertTrue(systems.shutOut(first, "heidi", "stolen", 1).revoked(), "the same again is no other one");
            Bench.refused(ProblemKind.NOT_ALLOWED, () -> systems.shutOut(second, "heidi", null, 1));
            assertFalse(systems.find(second).orElseThrow().revoked());
            bench.clock.advance(Duration.ofDays(1));
            assertTrue(systems.shutOut(second, "heidi", " ", 1).revoked());
            for (String wrong : List.of("x".repeat(501), "two\nlines")) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> systems.shutOut(second, "heidi", wrong, 1));
            }
            Bench.refused(ProblemKind.NOT_FOUND, () -> systems.shutOut(4711, "heidi", null, 9));
            assertEquals(
                    List.of("heidi system " + second + " ", "heidi system " + first + " stolen"),
                    bench.central.log.newest(100).stream()
                            .filter(line -> line.action().equals("revocation"))
                            .map(line -> line.actor() + " " + line.subject() + " " + line.detail())
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlySourcesGetAnAllotment(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            assertNull(bench.central
                    .enrollments
                    .enroll(new TestMachine("h").enrollment(bench.token(1, "host"), "host"))
                    .allotment());
        }
    }

    private static TestMachine joined(Bench bench, String name, String token) {
        TestMachine machine = new TestMachine(name);
        return machine.joined(bench.central, machine.enrollment(token, "host"));
    }

    private static void assertField(Bench bench, String field, EnrollmentRequest request) {
        ProblemException refused =
                Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.enrollments.enroll(request));
        assertEquals(field, refused.problem().field());
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
