package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.cranny.cluster.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The master file says what is so now, without being asked. */
@LongForm
@ExtendWith(SharesRealm.class)
class SpaceAndSilenceIT {

    private static final Duration TIMER_AND_SUSPICION = Duration.ofSeconds(45);
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private final Realm realm;
    private final Clock clock = Clock.systemUTC();

    SpaceAndSilenceIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void storesANewVersionWhenHostsFallSilentThoughNobodyAsks() throws IOException {
        long before = newestVersion().getJsonNumber("version").longValue();
        for (int index = 1; index <= Realm.DAEMONS; index++) {
            realm.cluster().killDaemon(index);
        }
        Instant quiet = clock.instant();
        Instant firstRequest = quiet.plus(TIMER_AND_SUSPICION);
        Await.until("time passes", TIMER_AND_SUSPICION.plus(MARGIN), () -> clock.instant()
                .isAfter(firstRequest));
        JsonObject newest = newestVersion();
        assertTrue(newest.getJsonNumber("version").longValue() > before, newest::toString);
        assertTrue(newest.getJsonNumber("time").longValue() <= firstRequest.getEpochSecond(), newest::toString);
        for (int index = 1; index <= Realm.DAEMONS; index++) {
            assertEquals("SUSPECT", realm.host("daemon-" + index).getString("state"));
        }
    }

    private JsonObject newestVersion() throws IOException {
        return realm.administrator()
                .json(realm.api("/master-file/versions"))
                .asJsonArray()
                .getJsonObject(0);
    }
}
