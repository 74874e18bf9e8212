package org.cranny.bench;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import org.cranny.cluster.Caller;

/**
 * What addresses are made of.
 *
 * @param seeded number of one of the many machines
 * @param draining number of one that is emptied
 * @param real number of a machine with real backups
 * @param newest its newest snapshot
 * @param before its oldest snapshot
 * @param file a path in both
 * @param job one of its jobs
 * @param recovery any
 * @param version a version of the master file
 */
record Known(
        String seeded,
        String draining,
        String real,
        String newest,
        String before,
        String file,
        String job,
        String recovery,
        String version) {
    private static final int FIRST_MACHINES = 20;

    /** @throws IOException when no machine has a real backup, too */
    static Known found(Caller administrator, String api) throws IOException {
        List<JsonObject> systems = objects(administrator, api + "/systems");
        for (JsonObject system : systems.subList(0, Math.min(FIRST_MACHINES, systems.size()))) {
            String number = number(system, "number");
            String own = api + "/systems/" + number;
            List<JsonObject> snapshots = objects(administrator, own + "/snapshots");
            if (!snapshots.isEmpty()) {
                return new Known(
                        number(systems.get(systems.size() / 2), "number"),
                        draining(administrator, api + "/hosts"),
                        number,
                        snapshots.get(0).getString("snapshot"),
                        snapshots.get(snapshots.size() - 1).getString("snapshot"),
                        file(administrator, own + "/snapshots/latest/search?name=*&kind=file&limit=1"),
                        job(administrator, api, number),
                        number(
                                objects(administrator, api + "/recoveries?limit=1")
                                        .get(0),
                                "id"),
                        number(
                                objects(administrator, api + "/master-file/versions?limit=1")
                                        .get(0),
                                "version"));
            }
        }
        throw new IOException("no machine has a real backup: enroll a source and back it up before the seed.");
    }

    private static String draining(Caller administrator, String hosts) throws IOException {
        return objects(administrator, hosts).stream()
                .filter(host -> host.getString("state").equals("DRAINING"))
                .map(host -> number(host, "number"))
                .findFirst()
                .orElseThrow(() -> new IOException("no host is emptied: this realm is not a seeded one."));
    }

    private static String job(Caller administrator, String api, String system) throws IOException {
        List<JsonObject> jobs = objects(administrator, api + "/jobs?system=" + system);
        return number(
                jobs.isEmpty()
                        ? Caller.body(administrator.post(api + "/systems/" + system + "/jobs", "{\"kind\":\"CHECK\"}"))
                                .asJsonObject()
                        : jobs.get(0),
                "id");
    }

    private static String file(Caller administrator, String search) throws IOException {
        return administrator
                .json(search)
                .asJsonObject()
                .getJsonArray("entries")
                .getJsonObject(0)
                .getString("path");
    }

    private static String number(JsonObject object, String member) {
        return object.getJsonNumber(member).toString();
    }

    private static List<JsonObject> objects(Caller administrator, String list) throws IOException {
        return administrator.json(list).asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .toList();
    }
}
