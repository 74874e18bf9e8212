package org.cranny.system;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;

/** What the running daemons counted since they first began, all together, in octets and requests. */
record Traffic(long putRequests, long putBytes, long getRequests, long getBytes) {

    private static final Traffic NONE = new Traffic(0, 0, 0, 0);

    static Traffic of(ClusterStatus status) {
        return status.daemons().stream()
                .filter(daemon -> daemon.pid() != 0)
                .map(Traffic::counters)
                .map(counters -> new Traffic(
                        number(counters, "putRequests"),
                        number(counters, "putBytes"),
                        number(counters, "getRequests"),
                        number(counters, "getBytes")))
                .reduce(NONE, Traffic::plus);
    }

    Traffic since(Traffic before) {
        return new Traffic(
                putRequests - before.putRequests,
                putBytes - before.putBytes,
                getRequests - before.getRequests,
                getBytes - before.getBytes);
    }

    private Traffic plus(Traffic other) {
        return new Traffic(
                putRequests + other.putRequests,
                putBytes + other.putBytes,
                getRequests + other.getRequests,
                getBytes + other.getBytes);
    }

    private static JsonObject counters(ClusterStatus.Daemon daemon) {
        try {
            return Caller.system(daemon.home())
                    .json(daemon.url() + "/cranny/v1/status")
                    .asJsonObject()
                    .getJsonObject("counters");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(JsonObject object, String name) {
        return object.getJsonNumber(name).longValue();
    }
}
