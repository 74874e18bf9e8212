package org.cranny.cluster;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster remembers between two commands, in {@code cluster.json}.
 *
 * @param shortTimes whether it was made with {@link ShortTimes}
 * @param central null when it was never started or was stopped
 * @param daemons one for each daemon ever asked for; null where it does not run
 */
record State(
        Ports ports, boolean shortTimes, String fingerprint, String token, Running central, List<Running> daemons) {

    static State fresh(Ports ports, boolean shortTimes) {
        return new State(ports, shortTimes, "", "", null, List.of());
    }

    State withIdentity(String newFingerprint, String newToken) {
        return new State(ports, shortTimes, newFingerprint, newToken, central, daemons);
    }

    State withCentral(Running process) {
        return new State(ports, shortTimes, fingerprint, token, process, daemons);
    }

    State withDaemon(int index, Running process) {
        List<Running> changed = new ArrayList<>(daemons);
        while (changed.size() < index) {
            changed.add(null);
        }
        changed.set(index - 1, process);
        return new State(ports, shortTimes, fingerprint, token, central, changed);
    }

    Running daemon(int index) {
        return index <= daemons.size() ? daemons.get(index - 1) : null;
    }

    static State read(Path file) {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            JsonObject object = reader.readObject();
            List<Running> daemons = new ArrayList<>();
            object.getJsonArray("daemons").forEach(value -> daemons.add(running(value)));
            return new State(
                    new Ports(object.getString("address", Ports.LOOPBACK), object.getInt("portBase")),
                    object.getBoolean("shortTimes", true),
                    object.getString("fingerprint"),
                    object.getString("token"),
                    running(object.get("central")),
                    daemons);
        } catch (IOException e) {
            throw new ClusterException(
                    "there is no cluster in " + file.getParent() + ". Start one: bin/cluster up --home "
                            + file.getParent(),
                    e);
        }
    }

    void write(Path file) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        daemons.forEach(daemon -> list.add(json(daemon)));
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("format", 2)
                .add("address", ports.address())
                .add("portBase", ports.base())
                .add("shortTimes", shortTimes)
                .add("fingerprint", fingerprint)
                .add("token", token)
                .add("central", json(central))
                .add("daemons", list);
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, object.build() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ClusterException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static JsonValue json(Running process) {
        return process == null
                ? JsonValue.NULL
                : Json.createObjectBuilder()
                        .add("pid", process.pid())
                        .add("started", process.started())
                        .build();
    }

    private static Running running(JsonValue value) {
        if (value == null || value == JsonValue.NULL) {
            return null;
        }
        JsonObject object = value.asJsonObject();
        return new Running(
                object.getJsonNumber("pid").longValue(),
                object.getJsonNumber("started").longValue());
    }
}
