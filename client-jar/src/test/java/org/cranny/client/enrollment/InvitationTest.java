package org.cranny.client.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvitationTest {
    private static final String CA = "ab".repeat(32);
    private static final Optional<Invitation> MEANT =
            Optional.of(new Invitation("https://central:8181/cranny", "t-1", CA));

    @Test
    void readsTheCommandHoweverItIsWritten() {
        assertEquals(
                MEANT, Invitation.of("cranny enroll https://central:8181/cranny --token t-1 --ca-fingerprint " + CA));
        assertEquals(
                MEANT,
                Invitation.of("  bin/cranny enroll --ca-fingerprint=" + CA + " \\\n  --token='t-1' --name x"
                        + " https://central:8181/cranny\n"));
    }

    @Test
    void readsALink() {
        assertEquals(MEANT, Invitation.of("https://central:8181/cranny/#token=t-1&ca-fingerprint=" + CA));
        assertEquals(
                "a+b c", Invitation.of("https://c/#token=a+b%20c").orElseThrow().token());
    }

    @Test
    void leavesOtherTextAlone() {
        assertEquals(Optional.empty(), Invitation.of(""));
        assertEquals(Optional.empty(), Invitation.of("https://central:8181"));
        assertEquals(Optional.empty(), Invitation.of("--token t"));
    }

    @Test
    void saysWhatIsMissing() {
        assertTrue(refused(new Invitation("http://central", "t", CA)).contains("https"));
        assertTrue(refused(new Invitation("not an address", "t", CA)).contains("https://host:port"));
        assertTrue(refused(new Invitation("https://central", " ", CA)).contains("token"));
        assertTrue(refused(new Invitation("https://central", "t", "ab")).contains("64 hexadecimal"));
        assertEquals(
                URI.create("https://central"),
                new Invitation("https://central", "t", CA).order("lap").central());
    }

    @Test
    void showsNobodyTheToken() {
        assertFalse(MEANT.orElseThrow().toString().contains("t-1"));
    }

    private static String refused(Invitation invitation) {
        return assertThrows(IllegalArgumentException.class, () -> invitation.order("lap"))
                .getMessage();
    }
}
