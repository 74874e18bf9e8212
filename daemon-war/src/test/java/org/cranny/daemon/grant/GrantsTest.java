package org.cranny.daemon.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Issuers;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.signing.PublicKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantsTest {
    private static final TestRealm REALM = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final Member CENTRAL = REALM.member(1);
    private static final Member SOURCE = REALM.member(9);

    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private Issuers issuers;
    private Identity identity;

    @BeforeEach
    void open() throws IOException {
        Home home = REALM.home(folder, HOST, TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:2"));
        identity = Identity.load(home);
        issuers = Issuers.load(home, new Realm(home, identity), identity);
    }

    @Test
    void takesAGoodGrantOfItsHolder() {
        Grant grant = at(0).check(CENTRAL.caller(), Act.READ, text(grant(HOST, CENTRAL, 100, 1)));
        assertEquals(SOURCE.id(), grant.source());
    }

    @Test
    void refusesAnotherHolderDaemonRealmAndTime() {
        String good = text(grant(HOST, CENTRAL, 100, 1));
        refused(at(0), SOURCE, good);
        refused(at(0), REALM.member(1), good);
        refused(at(0), CENTRAL, text(grant(REALM.member(8), CENTRAL, 100, 1)));
        refused(at(-1), CENTRAL, good);
        refused(at(600), CENTRAL, good);
        refused(at(0), CENTRAL, "");
        refused(at(0), CENTRAL, "no base64url!");
        SystemId elsewhere = new TestRealm().member(9).id();
        refused(at(0), CENTRAL, sign(grant(HOST, CENTRAL, elsewhere, 100, 1), REALM.grantKey()));
    }

    @Test
    void refusesAnotherKeyOfTheRealmAndEveryAlteredBit() {
        Grant grant = grant(HOST, CENTRAL, 100, 1);
        refused(at(0), CENTRAL, sign(grant, REALM.masterFileKey()));
        byte[] good = grant.sign(REALM.grantKey()).bytes();
        Grants grants = at(0);
        for (int bit = 0; bit < good.length * 8; bit += 5) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            refused(grants, CENTRAL, Base64.getUrlEncoder().withoutPadding().encodeToString(bad));
        }
    }

    @Test
    void movesNoMoreOctetsThanItSaysAndCountsEachSerialAlone() {
        Grants grants = at(0);
        Grant first = grant(HOST, CENTRAL, 100, 1);
        Grant second = grant(HOST, CENTRAL, 100, 2);
        grants.use(CENTRAL.caller(), first, 60);
        assertThrows(ProblemException.class, () -> grants.use(CENTRAL.caller(), first, 41));
        grants.use(CENTRAL.caller(), first, 40);
        assertThrows(ProblemException.class, () -> grants.use(CENTRAL.caller(), first, 1));
        grants.use(CENTRAL.caller(), second, 100);
    }

    @Test
    void aGrantOfOneRealmNeverWorksOnAnothersFragments() throws IOException {
        TestRealm guests = new TestRealm();
        Home home = REALM.home(folder, HOST, TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:2"));
        guests.trustedBy(home, null);
        issuers = Issuers.load(home, new Realm(home, identity), identity);
        Member theirs = guests.member(1);
        Grant own = grant(HOST, theirs, guests.member(9).id(), 100, 1);
        assertEquals(
                own.source(),
                at(0).check(theirs.caller(), Act.READ, sign(own, guests.grantKey()))
                        .source());
        refused(at(0), theirs, sign(grant(HOST, theirs, SOURCE.id(), 100, 1), guests.grantKey()));
        refused(at(0), theirs, sign(grant(HOST, theirs, SOURCE.id(), 100, 1), REALM.grantKey()));
        refused(at(0), theirs, sign(own, REALM.grantKey()));
        refused(at(0), CENTRAL, sign(grant(HOST, CENTRAL, guests.member(9).id(), 100, 1), REALM.grantKey()));
        refused(at(0), CENTRAL, sign(grant(HOST, CENTRAL, 100, 1), guests.grantKey()));
        TestRealm strangers = new TestRealm();
        Member stranger = strangers.member(1);
        refused(at(0), stranger, sign(grant(HOST, stranger, strangers.member(9).id(), 100, 1), strangers.grantKey()));
    }

    private Grants at(long seconds) {
        return new Grants(issuers, identity, Clock.fixed(now.plusSeconds(seconds), ZoneOffset.UTC));
    }

    private static void refused(Grants grants, Member caller, String text) {
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> grants.check(caller.caller(), Act.READ, text));
        assertEquals("NO_GRANT", refusal.problem().kind());
    }

    private Grant grant(Member daemon, Member holder, long bytes, int serial) {
        return grant(daemon, holder, SOURCE.id(), bytes, serial);
    }

    private Grant grant(Member daemon, Member holder, SystemId source, long bytes, int serial) {
        byte[] number = new byte[Grant.SERIAL_OCTETS];
        number[0] = (byte) serial;
        return new Grant(
                Act.READ,
                daemon.id(),
                PublicKeys.fingerprint(holder.keys().getPublic()),
                source,
                now.minusMillis(now.getNano() / 1_000_000),
                now.plusSeconds(600),
                bytes,
                number,
                List.of());
    }

    private static String text(Grant grant) {
        return sign(grant, REALM.grantKey());
    }

    private static String sign(Grant grant, PrivateKey key) {
        return grant.sign(key).text();
    }
}
