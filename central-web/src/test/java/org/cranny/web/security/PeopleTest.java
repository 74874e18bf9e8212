package org.cranny.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest {
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
    void sixthGuessWaitsAMinute() {
        Ticking clock = new Ticking();
        Attempts attempts = new Attempts(clock);
        for (int i = 0; i < 5; i++) {
            assertTrue(attempts.mayTry("admin"));
            attempts.failed("admin");
        }
        assertFalse(attempts.mayTry("admin"));
        assertTrue(attempts.mayTry("somebody else"));
        clock.now = clock.now.plus(Duration.ofSeconds(60));
        assertTrue(attempts.mayTry("admin"));
        attempts.failed("admin");
        assertFalse(attempts.mayTry("admin"));
    }

    @Test
    void successForgetsFailures() {
        Attempts attempts = new Attempts(new Ticking());
        for (int i = 0; i < 5; i++) {
            attempts.failed("admin");
        }
        attempts.succeeded("admin");
        assertTrue(attempts.mayTry("admin"));
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
