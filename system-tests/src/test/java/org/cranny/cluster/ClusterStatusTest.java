package org.cranny.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterStatusTest {

    @Test
    void printsExactlyTheObjectThatScriptsReadFrom() {
        ClusterStatus status = new ClusterStatus(
                new ClusterStatus.Central("https://127.0.0.1:1", 7, Path.of("/h/central"), "admin", "secret"),
                "f00d",
                "t0ken",
                List.of(
                        new ClusterStatus.Daemon(1, "daemon-1", "https://127.0.0.1:2", 8, Path.of("/h/daemons/1")),
                        new ClusterStatus.Daemon(2, "daemon-2", "https://127.0.0.1:3", 0, Path.of("/h/daemons/2"))));
        assertEquals(
                "{\"central\":{\"url\":\"https://127.0.0.1:1\",\"pid\":7,\"home\":\"/h/central\","
                        + "\"admin\":{\"user\":\"admin\",\"password\":\"secret\"}},"
                        + "\"ca\":{\"fingerprint\":\"f00d\"},\"token\":\"t0ken\",\"daemons\":["
                        + "{\"index\":1,\"name\":\"daemon-1\",\"url\":\"https://127.0.0.1:2\",\"pid\":8,\"home\":\"/h/daemons/1\"},"
                        + "{\"index\":2,\"name\":\"daemon-2\",\"url\":\"https://127.0.0.1:3\",\"pid\":null,\"home\":\"/h/daemons/2\"}]}",
                status.toJson().toString());
    }
}
