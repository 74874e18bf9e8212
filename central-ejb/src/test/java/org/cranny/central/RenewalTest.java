package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A laptop that was in a drawer for a hundred days comes back by itself; nobody else comes in that way. */
class RenewalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aKnownMachineWhoseCertificateExpiredGetsANewOneForTheSameKey(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine laptop = bench.source("laptop");
            bench.clock.advance(Duration.ofDays(100));
            bench.restart();
            Enrolled renewed = bench.central.renewals.renew(request(bench, laptop));

            X509Certificate certificate = certificate(renewed.certificates().get(0));
            assertEquals(laptop.keys.getPublic(), certificate.getPublicKey());
            certificate.checkValidity(Date.from(bench.clock.instant().plus(Duration.ofDays(89))));
            X509Certificate authority = certificate(renewed.certificates().get(1));
            certificate.verify(authority.getPublicKey());
            assertEquals(laptop.id.number(), renewed.system());
            RealmKeys keys = RealmKeys.open(Signed.parse(renewed.realmKeys()), authority.getPublicKey());
            Allotment allotment = Allotment.open(Signed.parse(renewed.allotment()), keys.grant());
            assertTrue(allotment.expires().isAfter(bench.clock.instant()));
            assertEquals(1, renewals(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMachineGetsOneCertificateInADayHoweverOftenItAsks(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine host = bench.host("h1");
            bench.clock.advance(Duration.ofDays(100));
            Enrolled first = bench.central.renewals.renew(request(bench, host));
            bench.clock.advance(Duration.ofHours(23));
            assertEquals(
                    first.certificates(),
                    bench.central.renewals.renew(request(bench, host)).certificates());
            assertNull(first.allotment());
            assertEquals(1, renewals(bench));
            bench.clock.advance(Duration.ofHours(2));
            assertNotEquals(
                    first.certificates(),
                    bench.central.renewals.renew(request(bench, host)).certificates());
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverOneThatWasShutOutOrWhosePlaceWasTaken(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine stolen = bench.source("stolen");
            bench.central.systems.revoke(stolen.id.number(), "admin", "stolen");
            Bench.refused(ProblemKind.REVOKED, () -> bench.central.renewals.renew(request(bench, stolen)));
            TestMachine lost = bench.source("lost");
            TestMachine replacement = new TestMachine("new");
            replacement.id = lost.id;
            bench.central.systems.replaceKey(lost.id.number(), replacement.keys.getPublic(), "admin", "lost");
            Bench.refused(ProblemKind.REVOKED, () -> bench.central.renewals.renew(request(bench, lost)));
            assertEquals(
                    lost.id.number(),
                    bench.central.renewals.renew(request(bench, replacement)).system());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesStrangersForgedAndOldChallenges(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine laptop = bench.source("laptop");
            TestMachine stranger = new TestMachine("stranger");
            stranger.id = laptop.id;
            Bench.refused(ProblemKind.NOT_ALLOWED, () -> bench.central.renewals.renew(request(bench, stranger)));
            TestMachine elsewhere = new TestMachine("elsewhere", laptop.keys);
            elsewhere.id = new SystemId(RealmId.of(stranger.keys.getPublic()), laptop.id.number());
            Bench.refused(ProblemKind.NOT_ALLOWED, () -> bench.central.renewals.renew(request(bench, elsewhere)));
            TestMachine nobody = new TestMachine("nobody");
            nobody.id = new SystemId(bench.central.authority.realm(), 4711);
            Bench.refused(ProblemKind.NOT_ALLOWED, () -> bench.central.renewals.renew(request(bench, nobody)));
            Bench.refused(
                    ProblemKind.NOT_ALLOWED,
                    () -> bench.central.renewals.renew(signed(laptop, new byte[Renewal.CHALLENGE_OCTETS])));
            byte[] challenge = challenge(bench);
            challenge[Renewal.CHALLENGE_OCTETS - 1] ^= 1;
            Bench.refused(ProblemKind.NOT_ALLOWED, () -> bench.central.renewals.renew(signed(laptop, challenge)));
            RenewalRequest old = request(bench, laptop);
            bench.clock.advance(Duration.ofSeconds(301));
            Bench.refused(ProblemKind.NOT_ALLOWED, () -> bench.central.renewals.renew(old));
            for (String wrong : new String[] {null, "", "rubbish", "AAAA"}) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.renewals.renew(new RenewalRequest(wrong)));
            }
            assertEquals(0, renewals(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noMoreThanSixHundredAskInAMinute(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            RenewalRequest rubbish = new RenewalRequest("rubbish");
            for (int i = 0; i < 600; i++) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.renewals.renew(rubbish));
            }
            TestMachine laptop = bench.source("laptop");
            Bench.refused(ProblemKind.TOO_OFTEN, () -> bench.central.renewals.renew(request(bench, laptop)));
            bench.clock.advance(Duration.ofMinutes(1));
            assertFalse(bench.central
                    .renewals
                    .renew(request(bench, laptop))
                    .certificates()
                    .isEmpty());
        }
    }

    private static long renewals(Bench bench) {
        return bench.central.log.newest(100).stream()
                .filter(line -> line.action().equals("certificate renewed"))
                .count();
    }

    private static RenewalRequest request(Bench bench, TestMachine machine) {
        return signed(machine, challenge(bench));
    }

    private static RenewalRequest signed(TestMachine machine, byte[] challenge) {
        return new RenewalRequest(new Renewal(machine.id, challenge)
                .sign(machine.keys.getPrivate())
                .text());
    }

    private static byte[] challenge(Bench bench) {
        return Base64.getUrlDecoder().decode(bench.central.renewals.challenge().challenge());
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
