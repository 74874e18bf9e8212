package org.cranny.cluster;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.List;

/**
 * What a cluster is made of and where it answers.
 *
 * @param token enrolls any number of systems
 */
public record ClusterStatus(Central central, String caFingerprint, String token, List<Daemon> daemons) {

    /** @param url of the people's listener @param pid 0 when it does not run */
    public record Central(String url, long pid, Path home, String user, String password) {}

    /** @param index counts from 1 @param pid 0 when it does not run */
    public record Daemon(int index, String name, String url, long pid, Path home) {}

    /** The daemon with this number, from 1. */
    public Daemon daemon(int index) {
        return daemons.get(index - 1);
    }

    public JsonObject toJson() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        daemons.forEach(daemon -> list.add(withPid(
                        Json.createObjectBuilder()
                                .add("index", daemon.index())
                                .add("name", daemon.name())
                                .add("url", daemon.url()),
                        daemon.pid())
                .add("home", daemon.home().toString())));
        JsonObjectBuilder admin =
                Json.createObjectBuilder().add("user", central.user()).add("password", central.password());
        return Json.createObjectBuilder()
                .add(
                        "central",
                        withPid(Json.createObjectBuilder().add("url", central.url()), central.pid())
                                .add("home", central.home().toString())
                                .add("admin", admin))
                .add("ca", Json.createObjectBuilder().add("fingerprint", caFingerprint))
                .add("token", token)
                .add("daemons", list)
                .build();
    }

    private static JsonObjectBuilder withPid(JsonObjectBuilder object, long pid) {
        return pid == 0 ? object.addNull("pid") : object.add("pid", pid);
    }
}
