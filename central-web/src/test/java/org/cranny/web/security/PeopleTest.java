package org.cranny.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.log.AuditLog;
import org.cranny.web.directory.Directory;
import org.cranny.web.directory.Found;
import org.cranny.web.directory.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest {
    private static final String PASSWORD = "correct horse";

    private final Ticking clock = new Ticking();
    private final TwoPeople directory = new TwoPeople();
    private final Remembering log = new Remembering();
    private final People people = new People(directory, log, clock);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\0", "secret\0", "\0secret"})
    void refusesPasswordThatWouldBindAnonymously(String password) {
        assertFalse(People.isPossiblePassword(password));
    }

    @Test
    void refusesMissingAndEndlessPassword() {
        assertFalse(People.isPossiblePassword(null));
        assertFalse(People.isPossiblePassword("x".repeat(1025)));
        assertTrue(People.isPossiblePassword("x".repeat(1024)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "system:7", "a\0b", "a\nb"})
    void refusesNameThatCouldBeSomethingElse(String name) {
        assertFalse(People.isPossibleName(name));
    }

    @Test
    void readsBasicCredentialWithColonInPassword() {
        assertEquals(
                Optional.of(new BasicCredential("zoë", "a:b")), BasicCredential.parse("basic " + encoded("zoë:a:b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Bearer YTpi", "Basic bm9jb2xvbg=="})
    void readsNothingFromOtherHeaders(String header) {
        assertEquals(Optional.empty(), BasicCredential.parse(header));
    }

    @Test
    void credentialDoesNotShowItsPassword() {
        assertFalse(new BasicCredential("a", "hush").toString().contains("hush"));
    }

    @Test
    void sixthGuessWaitsAndIsAnsweredLikeAWrongPassword() {
        for (int i = 0; i < 5; i++) {
            refused("anna", "wrong", "10.0.0." + i);
        }
        int asked = directory.asked;
        refused("anna", PASSWORD, "10.0.0.9");
        refused(" ANNA", PASSWORD, "10.0.0.9");
        assertEquals(asked, directory.asked, "a password is tried while the name is locked");
        assertEquals(2, directory.pretended, "whoever waits is answered sooner");
        assertGranted("bert", "10.0.0.9");
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        refused("anna", "wrong", "10.0.0.9");
        refused("anna", PASSWORD, "10.0.0.9");
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        assertGranted("anna", "10.0.0.9");
        refused("anna", "wrong", "10.0.0.9");
        assertGranted("anna", "10.0.0.9");
        assertEquals(2, log.locked.size(), log.locked::toString);
        assertTrue(log.locked.get(0).startsWith("anna "), log.locked::toString);
    }

    @Test
    void anAddressIsLockedAfterThirtyWhateverTheNamesAndUnknownNamesAreWrittenNowhere() {
        for (int i = 0; i < 30; i++) {
            refused("secret" + i, "wrong", "10.0.0.1");
        }
        refused("anna", PASSWORD, "10.0.0.1");
        assertGranted("anna", "10.0.0.2");
        assertFalse(log.locked.isEmpty());
        assertTrue(log.locked.stream().noneMatch(line -> line.contains("secret")), log.locked::toString);
    }

    @Test
    void whoeverIsShutOutIsOutWithinFiveMinutes() {
        assertGranted("anna", "10.0.0.1");
        directory.gone.add("anna");
        clock.now = clock.now.plus(Duration.ofMinutes(5).minusMillis(1));
        assertInstanceOf(Entry.Granted.class, people.current("anna"));
        clock.now = clock.now.plusMillis(1);
        assertInstanceOf(Entry.Refused.class, people.current("anna"));
        directory.gone.clear();
        assertInstanceOf(Entry.Granted.class, people.current("anna"));
    }

    @Test
    void aDirectoryThatIsAwayLetsNobodyInAndNobodyStayLonger() {
        assertGranted("anna", "10.0.0.1");
        directory.away = true;
        assertInstanceOf(Entry.Unknown.class, people.identify("bert", PASSWORD, "10.0.0.1"));
        assertInstanceOf(Entry.Granted.class, people.current("anna"));
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        assertInstanceOf(Entry.Unknown.class, people.current("anna"));
        directory.away = false;
        assertInstanceOf(Entry.Granted.class, people.current("anna"));
        for (int i = 0; i < 10; i++) {
            directory.away = true;
            people.identify("anna", "wrong", "10.0.0.1");
        }
        directory.away = false;
        assertGranted("anna", "10.0.0.1");
    }

    private void refused(String name, String password, String from) {
        assertEquals(new Entry.Refused(), people.identify(name, password, from));
    }

    private void assertGranted(String name, String from) {
        assertEquals(
                new Entry.Granted(Identity.person(name, Set.of("owner"), Set.of(name + "@example.org"))),
                people.identify(name, PASSWORD, from));
    }

    /** Knows anna and bert. */
    private static final class TwoPeople extends Directory {
        private final Set<String> gone = new HashSet<>();
        private boolean away;
        private int asked;
        private int pretended;

        @Override
        public Found authenticate(String name, String password) {
            asked++;
            return away || password.equals(PASSWORD) ? look(name) : new Found.Refused(isKnown(name));
        }

        @Override
        public Found refuse(String name, String password) {
            pretended++;
            return away ? new Found.Away() : new Found.Refused(false);
        }

        @Override
        public Found look(String name) {
            if (away) {
                return new Found.Away();
            }
            return isKnown(name)
                    ? new Found.Known(new Person(name, Set.of("owner"), Set.of(name + "@example.org")))
                    : new Found.Refused(false);
        }

        private boolean isKnown(String name) {
            return Set.of("anna", "bert").contains(name) && !gone.contains(name);
        }
    }

    private static final class Remembering extends AuditLog {
        private final List<String> locked = new ArrayList<>();

        @Override
        public void append(String actor, String action, String subject, String detail) {
            locked.add(subject + " " + detail);
        }
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
