package org.cranny.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The other half of what {@link RestartIT} claims of the timer: without it nobody notices. */
@ExtendWith(ArquillianExtension.class)
class SeldomTimerIT {
    @Deployment(testable = false)
    static EnterpriseArchive central() {
        Server.set(Silence.lookedForEvery(Duration.ofHours(10)));
        return CentralArchive.asBuilt();
    }

    @Test
    void silentHostGoesUnnoticedWhileTheTimerIsAway() throws IOException {
        TestMachine host = TestMachine.joined("host", "host");
        assertFalse(Silence.isNoticed(host));
        assertEquals("ACCEPTING", Central.state(host));
    }
}
