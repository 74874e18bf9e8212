package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.cranny.protocol.hostile.HostileNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hostile names on the API: each is refused with a problem, or kept and given back as it is; none is too much for it. */
@LongForm
@ExtendWith(SharesRealm.class)
class HostileRequestsIT {
    private final Realm realm;
    private final List<String> wrong = new ArrayList<>();

    /** One connection and one login for all: checking a password is meant to take long. */
    private final Caller caller;

    private final String login;
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    HostileRequestsIT(Realm realm) throws IOException {
        this.realm = realm;
        ClusterStatus.Central central = realm.status().central();
        caller = Caller.nobody(realm.status().caFingerprint());
        JsonObject begun = Caller.body(caller.post(
                        realm.api("/sessions"),
                        Json.createObjectBuilder()
                                .add("name", central.user())
                                .add("password", central.password())
                                .build()
                                .toString()))
                .asJsonObject();
        login = "Bearer " + begun.getString("token");
    }

    @Test
    void areRefusedWithAProblemOrGivenBackAsTheyAre() throws IOException {
        Cranny source = realm.source();
        Path tree = realm.emptyFolder("tree");
        Contents.text(tree.resolve("file"), "file");
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        long number = org.cranny.system.Json.object(
                        Files.readString(source.home().resolve("config.json")))
                .getJsonNumber("system")
                .longValue();
        String system = "/systems/" + number;
        for (String name : HostileNames.all()) {
            String text = Json.createValue(name).toString();
            kept(name, "labels", put(system + "/labels", "{\"labels\":[" + text + "]}"));
            kept(name, "owner", put(system + "/owner", "{\"owner\":" + text + "}"));
            kept(name, "excludes", put("/policies/system/" + number, "{\"excludes\":[" + text + "]}"));
            answered(name, put("/policies/group/" + inPath(name), "{}"));
            for (String read : List.of(
                    system + "/snapshots/" + snapshot + "/tree?path=",
                    system + "/snapshots/" + snapshot + "/search?name=",
                    system + "/snapshots/" + snapshot + "/explain?path=",
                    system + "/versions?path=",
                    "/systems?name=")) {
                if (name.length() < 1_000) {
                    answered(name, get(read + URLEncoder.encode(name, StandardCharsets.UTF_8)));
                }
            }
        }
        put(system + "/labels", "{\"labels\":[]}");
        put(system + "/owner", "{\"owner\":null}");
        put("/policies/system/" + number, "{}");
        System.out.println("hostile names: " + HostileNames.all().size() + ", answers by status: " + statuses);
        assertEquals("", String.join("\n", wrong));
    }

    /** A URI has no room for what is no text, and a server may refuse a segment before it is read. */
    private static String inPath(String name) {
        return URLEncoder.encode(name.substring(0, Math.min(300, name.length())), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private void kept(String name, String member, HttpResponse<String> answer) {
        answered(name, answer);
        boolean valid = StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (answer.statusCode() == 200 && valid && !name.isBlank()) {
            JsonObject body = org.cranny.system.Json.object(answer.body());
            if (!body.toString().contains(Json.createValue(name).toString())) {
                wrong.add(said(name, answer) + " keeps something else as " + member + ": " + body);
            }
        }
    }

    private void answered(String name, HttpResponse<String> answer) {
        if (answer.statusCode() >= 500) {
            wrong.add(said(name, answer));
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        // A name that climbs out of the API is the address of a page, and nobody is logged in there.
        boolean elsewhere = answer.statusCode() == 302
                && answer.headers().firstValue("Location").orElse("").endsWith("/login.xhtml");
        if (!elsewhere && type.contains("html") || answer.body().contains("Exception")) {
            wrong.add(said(name, answer) + " answers with a page of the server: " + type);
        }
    }

    private static String said(String name, HttpResponse<String> answer) {
        return answer.request().method() + " " + answer.uri().getPath() + " with " + Json.createValue(name) + ": "
                + answer.statusCode();
    }

    private HttpResponse<String> put(String path, String body) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(realm.api(path)))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(realm.api(path))).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> answer = caller.send(request.header("Authorization", login));
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        return answer;
    }
}
