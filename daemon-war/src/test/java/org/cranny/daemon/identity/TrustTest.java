package org.cranny.daemon.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Clock;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host serves its own realm and those that its owner added, and nobody else. */
class TrustTest {
    private static final TestRealm REALM = new TestRealm();
    private static final TestRealm GUESTS = new TestRealm();
    private static final Member HOST = REALM.member(7);

    @TempDir
    Path folder;

    private Home home;
    private final Jsonb json = JsonbBuilder.create();

    @BeforeEach
    void enroll() {
        home = REALM.home(
                folder.resolve("home"), HOST, TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:2"));
    }

    @Test
    void asksWithItsOwnCertificateAndTakesTheAnswer() throws Exception {
        Path file = folder.resolve("nas.request");
        assertEquals(0, trust("request", file.toString(), "--quota", "5G"));
        JoinRequest request = json.fromJson(Files.readString(file), JoinRequest.class);
        assertEquals(2, request.certificates().size());
        assertEquals(
                HOST.certificate(), Certificates.ofPem(request.certificates().get(0)));
        assertEquals(5L << 30, request.quotaBytes());
        assertEquals("https://127.0.0.1:1", request.address());

        assertEquals(0, add(GUESTS.bundle(), GUESTS.fingerprint(), "--quota", "5G"));
        callers().identify(chain(GUESTS.member(50)));
        callers().identify(chain(REALM.member(50)));
        assertEquals(5L << 30, issuers().quota(GUESTS.id()));
        assertEquals(Long.MAX_VALUE, issuers().quota(REALM.id()));
    }

    @Test
    void believesNobodyWhoseFingerprintWasNotTyped() throws Exception {
        assertEquals(1, add(GUESTS.bundle(), REALM.fingerprint()));
        assertEquals(2, add(GUESTS.bundle(), "no fingerprint"));
        JoinBundle mixed = new TestRealm().bundle();
        JoinBundle altered = JoinBundle.of(
                "x",
                new Enrolled(
                        3,
                        GUESTS.id().hex(),
                        GUESTS.bundle().enrolled().certificates(),
                        mixed.enrolled().realmKeys(),
                        null,
                        null),
                null);
        assertTrue(add(altered, GUESTS.fingerprint()) != 0);
        assertTrue(add(REALM.bundle(), REALM.fingerprint()) != 0);
        assertThrows(ProblemException.class, () -> callers().identify(chain(GUESTS.member(50))));
        assertEquals(1, new Trusting(home).lines().size());
    }

    @Test
    void whoeverIsTrustedForOneRealmCannotNameAnother() throws Exception {
        assertEquals(0, add(GUESTS.bundle(), GUESTS.fingerprint()));
        X509Certificate lie = GUESTS.certify(GUESTS.member(50).keys().getPublic(), new SystemId(REALM.id(), 50));
        assertThrows(ProblemException.class, () -> callers().identify(new X509Certificate[] {lie, GUESTS.authority()}));
    }

    @Test
    void removedIsTrustedNoMore() throws Exception {
        assertEquals(0, add(GUESTS.bundle(), GUESTS.fingerprint()));
        assertEquals(2, new Trusting(home).lines().size());
        assertEquals(0, trust("remove", GUESTS.id().hex()));
        assertThrows(ProblemException.class, () -> callers().identify(chain(GUESTS.member(50))));
        assertTrue(trust("remove", GUESTS.id().hex()) != 0);
        assertFalse(Files.exists(home.issuer(GUESTS.id())));
        callers().identify(chain(REALM.member(50)));
    }

    @Test
    void countsAtOnceInADaemonThatRuns() throws Exception {
        Callers running = callers();
        Issuers known = issuers();
        X509Certificate[] guest = chain(GUESTS.member(50));
        assertThrows(ProblemException.class, () -> running.identify(guest));
        assertEquals(0, add(GUESTS.bundle(), GUESTS.fingerprint(), "--quota", "5G"));
        running.identify(guest);
        assertEquals(5L << 30, known.quota(GUESTS.id()));
        assertEquals(0, add(GUESTS.bundle(), GUESTS.fingerprint(), "--quota", "6G"));
        assertEquals(6L << 30, known.quota(GUESTS.id()));
        assertEquals(0, trust("remove", GUESTS.id().hex()));
        assertThrows(ProblemException.class, () -> running.identify(guest), "though it was known before");
        assertThrows(MalformedException.class, () -> known.grantKey(GUESTS.id()));
        running.identify(chain(REALM.member(50)));
    }

    @Test
    void aFolderThatIsDamagedChangesNothingInADaemonThatRuns() throws Exception {
        Callers running = callers();
        assertEquals(0, add(GUESTS.bundle(), GUESTS.fingerprint()));
        running.identify(chain(GUESTS.member(50)));
        Files.writeString(home.issuer(GUESTS.id()).resolve("ca.pem"), "damaged");
        Files.setLastModifiedTime(home.trusted(), FileTime.fromMillis(0));
        running.identify(chain(GUESTS.member(50)));
        running.identify(chain(REALM.member(50)));
    }

    private Issuers issuers() throws IOException {
        Identity identity = Identity.load(home);
        return Issuers.load(home, new Realm(home, identity), identity);
    }

    private Callers callers() throws IOException {
        Identity identity = Identity.load(home);
        return new Callers(new Realm(home, identity), issuers(), Clock.systemUTC());
    }

    private X509Certificate[] chain(Member member) {
        TestRealm realm = member.id().realm().equals(REALM.id()) ? REALM : GUESTS;
        return new X509Certificate[] {member.certificate(), realm.authority()};
    }

    private int add(JoinBundle bundle, String fingerprint, String... more) throws IOException {
        Path file = folder.resolve("nas.bundle");
        Files.writeString(file, json.toJson(bundle));
        String[] words = new String[4 + more.length];
        words[0] = "add";
        words[1] = file.toString();
        words[2] = "--ca-fingerprint";
        words[3] = fingerprint;
        System.arraycopy(more, 0, words, 4, more.length);
        return trust(words);
    }

    private int trust(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--home";
        all[words.length + 1] = home.folder().toString();
        return Trust.run(all);
    }
}
