package org.cranny.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds once central was deployed still holds when the server was stopped and started. One restart for all claims.
 * Runs with {@code bin/verify --long} only: the tests of the whole system ask each role for the matrix every time.
 */
@EnabledIfSystemProperty(named = "cranny.long", matches = "true", disabledReason = "a long form: bin/verify --long")
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestartIT {
    private static TestMachine host;
    private static TestMachine source;
    private static boolean tried;
    private static boolean back;

    @Deployment(testable = false)
    static EnterpriseArchive central() {
        Server.prepare(Silence.lookedForEvery(Duration.ofSeconds(2)));
        tried = false;
        back = false;
        host = null;
        return CentralArchive.asBuilt();
    }

    @Test
    @Order(1)
    void refusesWhoeverLacksTheRoleOnceDeployed() throws IOException {
        join();
        Access.checkResources(host, source, EnumSet.of(Person.ADMINISTRATOR));
        Access.checkPages(EnumSet.of(Person.ADMINISTRATOR));
    }

    @Test
    @Order(2)
    void refusesWhoeverLacksTheRoleAfterARestartInEveryRole() throws IOException {
        restart();
        Access.checkResources(host, source, EnumSet.allOf(Person.class));
        Access.checkPages(EnumSet.allOf(Person.class));
    }

    @Test
    @Order(3)
    void noticesASilentHostAfterARestartThoughNobodyAsks() throws IOException {
        restart();
        assertTrue(Silence.isNoticed(host));
        assertEquals("SUSPECT", Central.state(host));
    }

    private static void join() throws IOException {
        if (host == null) {
            host = TestMachine.joined("host");
            source = TestMachine.joined("source");
        }
    }

    private static void restart() throws IOException {
        join();
        if (!tried) {
            tried = true;
            Server.stop();
            Server.start();
            back = true;
        }
        assertTrue(back, "the server did not come back");
    }
}
