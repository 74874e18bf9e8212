package org.cranny.client.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.cranny.client.stub.GarbledServer;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.tls.MutualTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A central that hears what it is asked and hangs up: what may be said again is, and nothing else. */
class LostAnswersTest {
    private static final TestRealm REALM = new TestRealm();
    private static final int TRIES = 3;

    private final SSLContext tls = MutualTls.context(REALM.machine(7), system -> true);
    private GarbledServer central;

    @BeforeEach
    void start() throws Exception {
        central = new GarbledServer(REALM.machine(1), "");
    }

    @AfterEach
    void stop() throws IOException {
        central.close();
    }

    @Test
    void whatAPersonAsksForIsSaidOnce() {
        try (PeoplesCentral person = new PeoplesCentral(central.url(), tls, "token")) {
            assertThrows(CatalogueAwayException.class, () -> person.post("api-tokens", JsonValue.EMPTY_JSON_OBJECT));
        }
        assertEquals(1, central.asked());
    }

    @Test
    void aMachineAsksAgainToJoin() {
        try (Doorstep doorstep = new Doorstep(central.url(), tls)) {
            EnrollmentRequest request = new EnrollmentRequest("token", "ws", List.of("source"), "csr", null, null);
            assertThrows(CatalogueAwayException.class, () -> doorstep.enroll(request));
        }
        assertEquals(TRIES, central.asked());
    }

    @Test
    void aMachineAsksAgainForThePlaceOfALostOne() {
        try (Doorstep doorstep = new Doorstep(central.url(), tls)) {
            HandOverRequest request = new HandOverRequest("token", "csr", "sealing key");
            assertThrows(CatalogueAwayException.class, () -> doorstep.handOver(request));
        }
        assertEquals(TRIES, central.asked());
    }
}
