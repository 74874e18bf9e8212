package org.cranny.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasWritten() {
        State state = State.fresh(new Ports("198.18.0.1", 20_000), true)
                .withIdentity("abc", "token")
                .withCentral(new Running(17, 1_790_000_000_000L))
                .withDaemon(2, new Running(18, 1_790_000_000_001L));
        Path file = folder.resolve("cluster.json");
        state.write(file);
        assertEquals(state, State.read(file));
    }

    @Test
    void saysHowToStartAClusterWhereThereIsNone() {
        ClusterException refused =
                assertThrows(ClusterException.class, () -> State.read(folder.resolve("cluster.json")));
        assertTrue(refused.getMessage().contains("bin/cluster up"), refused::getMessage);
    }

    @Test
    void neverTakesALaterProcessForTheOneThatItStarted() {
        Running sleeper = Running.start(List.of("sleep", "60"), folder, folder.resolve("log"), java.util.Map.of());
        assertTrue(sleeper.alive());
        Running stranger = new Running(sleeper.pid(), sleeper.started() - 1_000);
        assertFalse(stranger.alive());
        stranger.kill();
        assertTrue(sleeper.alive());
        sleeper.stop(Duration.ofSeconds(10));
        assertFalse(sleeper.alive());
    }

    @Test
    void refusesAPortBaseWithoutRoom() {
        assertThrows(ClusterException.class, () -> new Ports("198.18.0.1", 80));
        assertThrows(ClusterException.class, () -> new Ports("198.18.0.1", 65_000));
    }

    @Test
    void keepsEveryPortAtOrAboveTheBase() {
        Ports ports = new Ports("198.18.0.1", 20_000);
        for (int port :
                List.of(ports.people(), ports.machines(), ports.daemon(1), ports.daemon(Cluster.MOST_DAEMONS))) {
            assertTrue(port >= 20_000 && port < 21_100, () -> "port " + port);
        }
    }
}
