package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people change is as they said, however often they said it: the same answer, and the same is there afterwards. */
@ExtendWith(SharesRealm.class)
class RepeatedChangesIT {
    private final Realm realm;
    private Caller administrator;

    RepeatedChangesIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void logIn() {
        administrator = realm.administrator();
    }

    @Test
    void whatIsSetIsSetOnce() throws IOException {
        Cranny source = realm.source();
        BackupAndRestoreIT.backUp(source, Contents.tree(realm.emptyFolder("tree"), 5, 61));
        String system = "/systems/" + number(source);
        same("PUT", system + "/owner", "{\"owner\":\"someone@example.org\"}", "/systems?name=" + name(source));
        same("PUT", system + "/labels", "{\"labels\":[\"twice\",\"once\"]}", system + "/labels");
        same("PUT", system + "/versions/1/hold", "{\"reason\":\"wanted in court\"}", system + "/retention");
        same("PUT", system + "/versions/1/hold", "{}", system + "/retention");
        same("PUT", "/policies/group/twice", "{\"retention\":{\"last\":7}}", "/policies/history/group/twice");
        same("DELETE", "/policies/group/twice", "", "/policies/history/group/twice");
    }

    @Test
    void aHostIsToldOnce() throws IOException {
        String host = "/hosts/" + realm.host("daemon-1").getInt("id");
        for (String wished : List.of("{\"quotaBytes\":99000000000}", "{}")) {
            assertEquals(asked(host, wished), asked(host, wished));
        }
        for (String act : List.of("/drain", "/undrain")) {
            String state = state(send("POST", host + act, "{}"));
            assertEquals(state, state(send("POST", host + act, "{}")), act);
            assertEquals(state, state(administrator.get(realm.api(host + "/drain"))), act);
        }
    }

    @Test
    void aBrakeIsPulledOnceAndAskedForOnce() throws IOException {
        long system = number(realm.source());
        String brake = "/brakes/"
                + same("POST", "/brakes", "{\"system\":" + system + ",\"reason\":\"odd\"}", "/brakes?all=true")
                        .getInt("id");
        assertEquals("NOT_APPROVED", refused("POST", brake + "/release"));
        String waiting = administrator.get(realm.api("/approvals?all=true")).body();
        assertEquals("NOT_APPROVED", refused("POST", brake + "/release"));
        assertEquals(
                waiting, administrator.get(realm.api("/approvals?all=true")).body());
        JsonObject approval =
                administrator.json(realm.api("/approvals")).asJsonArray().getJsonObject(0);
        same("POST", "/approvals/" + approval.getInt("id") + "/refuse", "{}", "/approvals?all=true");
    }

    @Test
    void aJobIsCancelledOnce() throws IOException {
        long system = number(realm.source());
        HttpResponse<String> asked = send("POST", "/systems/" + system + "/jobs", "{\"kind\":\"CHECK\"}");
        String job = "/jobs/" + Caller.body(asked).asJsonObject().getInt("id");
        same("POST", job + "/cancel", "{}", job);
    }

    @Test
    void aTokenIsTakenAwayOnce() throws IOException {
        HttpResponse<String> made = send(
                "POST",
                "/api-tokens",
                "{\"name\":\"twice\",\"roles\":[\"administrator\"],\"reading\":true,\"days\":1}");
        String token = "/api-tokens/" + Caller.body(made).asJsonObject().getInt("id");
        same("DELETE", token, "", "/api-tokens?all=true");
    }

    /** Whether a host is emptied; how much is on it is another thing with each fragment that is moved. */
    private static String state(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        return Json.object(answer.body()).getString("state");
    }

    /** What is asked of what a host lends; its disk is another one with each report. */
    private JsonObject asked(String host, String wished) throws IOException {
        return Caller.body(send("PUT", host + "/lending", wished))
                .asJsonObject()
                .getJsonObject("asked");
    }

    /** @return what was answered, when it is an object */
    private JsonObject same(String method, String path, String body, String look) throws IOException {
        HttpResponse<String> first = send(method, path, body);
        String there = administrator.get(realm.api(look)).body();
        HttpResponse<String> second = send(method, path, body);
        String what = method + " " + path + " " + body;
        assertTrue(first.statusCode() / 100 == 2, () -> what + ": " + first.statusCode() + first.body());
        boolean removed = method.equals("DELETE") && second.statusCode() == 404;
        if (!removed) {
            assertEquals(first.statusCode() + first.body(), second.statusCode() + second.body(), what);
        }
        assertEquals(there, administrator.get(realm.api(look)).body(), what);
        return first.body().startsWith("{") ? Json.object(first.body()) : null;
    }

    private String refused(String method, String path) throws IOException {
        return Json.object(send(method, path, "{}").body()).getString("kind");
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm.api(path)));
        if (body.isEmpty()) {
            return administrator.send(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        return administrator.send(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String name(Cranny source) {
        return source.home().getFileName().toString();
    }

    private long number(Cranny source) throws IOException {
        return administrator
                .json(realm.api("/systems?name=" + name(source)))
                .asJsonArray()
                .getJsonObject(0)
                .getJsonNumber("number")
                .longValue();
    }
}
