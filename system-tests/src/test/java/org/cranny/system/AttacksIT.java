package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people who mean harm send to the pages: it is refused, nothing is changed, and nothing is told. */
@ExtendWith(SharesRealm.class)
class AttacksIT {
    private static final int STREAMS_LEFT = 200;
    private static final String NONCE = "primefaces.nonce";
    private static final String MARK = "forged@example.org";
    private static final String NONE = "00000000000000000000000000000000";
    private static final List<String> TRACES =
            List.of("\tat ", "at org.", "at jakarta.", "Exception", "Payara", "GlassFish", "Mojarra", "Stacktrace");

    private final Realm realm;
    private final List<String> wrong = new ArrayList<>();
    private long machine;

    AttacksIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void chooseAMachine() {
        machine = realm.host("daemon-1").getJsonNumber("id").longValue();
    }

    @Test
    void anIdThatWasPlantedOpensNothing() throws IOException {
        Visit planted = Visit.stranger(realm, NONE);
        assertEquals(302, planted.get("/overview.xhtml").statusCode());
        Visit attacker = Visit.stranger(realm, null);
        attacker.get("/login.xhtml");
        String known = attacker.session();
        Visit victim = Visit.stranger(realm, known);
        ClusterStatus.Central central = realm.status().central();
        assertEquals(302, victim.logIn(central.user(), central.password()).statusCode());
        assertNotEquals(known, victim.session());
        assertNotEquals(NONE, victim.session());
        assertEquals(200, victim.get("/overview.xhtml").statusCode());
        assertEquals(302, Visit.stranger(realm, known).get("/overview.xhtml").statusCode());
        HttpResponse<String> byAddress =
                Visit.stranger(realm, null).get("/overview.xhtml;jsessionid=" + victim.session());
        assertTrue(Set.of(302, 404).contains(byAddress.statusCode()), byAddress::toString);
        assertEquals(401, withCookie(victim, "GET", "/systems"));
    }

    /** The server's own parser never stops where a member that it does not know ends too early. */
    @Test
    void noBodyThatEndsTooEarlyKeepsAWorker() throws IOException {
        Caller nobody = Caller.nobody(realm.status().caFingerprint());
        for (String body : List.of("{\"x\":{", "{\"x\":[{\"y\":[", "{\"token\":\"t", "[".repeat(100_000))) {
            for (String resource : List.of("/enrollments", "/sessions", "/renewals", "/hand-overs")) {
                HttpResponse<String> answer = nobody.post(realm.api(resource), body);
                assertEquals(400, answer.statusCode(), () -> resource + " " + body.length() + " " + answer.body());
            }
        }
    }

    @Test
    void cookiesOfSessionsStayWithTheirOwnPages() throws IOException {
        HttpResponse<String> answer = Visit.stranger(realm, null).get("/login.xhtml");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        for (String rule : List.of("Secure", "HttpOnly", "SameSite=Strict")) {
            assertTrue(cookie.contains(rule), cookie);
        }
        assertFalse(answer.body().contains("jsessionid"), "the id of a session is in an address");
    }

    @Test
    void aFormWithoutTheTokenOfItsPageDoesNothing() throws IOException {
        Visit visit = Visit.administrator(realm);
        Visit other = Visit.administrator(realm);
        String page = "/system.xhtml?id=" + machine;
        Map<String, String> form = deed(visit, page);
        String right = form.get(Visit.STATE);
        String foreign = deed(other, page).get(Visit.STATE);
        List<String> states = new ArrayList<>(List.of(
                "",
                "stateless",
                "x",
                ":",
                "0:0",
                "-1:-1",
                right.substring(0, right.length() - 3),
                right.substring(0, right.indexOf(':')),
                right + "1",
                right + ":1",
                right.replace(':', '-'),
                "1" + right,
                "9".repeat(4_000),
                "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==",
                "#{7*7}",
                "\u0000" + right,
                "../../" + right,
                foreign));
        for (String state : states) {
            form.put(Visit.STATE, state);
            judge("state " + state, visit.post(page, form), Set.of(200, 302, 400, 403));
        }
        form.remove(Visit.STATE);
        judge("no state", visit.post(page, form), Set.of(200, 302, 400, 403));
        unchanged("forms without the right token");
        form.put(Visit.STATE, right);
        String nonce = form.get(NONCE);
        for (String wrongOne :
                List.of("", "%", "x", nonce + "x", deed(other, page).get(NONCE))) {
            form.put(NONCE, wrongOne);
            judge("nonce " + wrongOne, visit.post(page, form), Set.of(302));
        }
        form.remove(NONCE);
        judge("no nonce", visit.post(page, form), Set.of(302));
        unchanged("forms without the nonce of their page");
        form.put(NONCE, nonce);
        for (String origin : List.of("https://evil.example", "null", visit.origin() + "0", "http://127.0.0.1", "x:")) {
            judge("origin " + origin, visit.post(page, form, "Origin", origin), Set.of(403));
        }
        unchanged("forms of other places");
        form.put("owner", "");
        HttpResponse<String> own = visit.post(page, form, "Origin", visit.origin());
        judge("own", own, Set.of(302));
        assertTrue(own.headers().firstValue("Location").orElse("").contains("/system.xhtml"), own.headers()::toString);
    }

    @Test
    void noFormOfAnyPageDoesAnythingWithoutItsTokenOrForAnotherPlace() throws IOException {
        Visit visit = Visit.administrator(realm);
        List<String> before = deeds();
        int forms = 0;
        for (String page : List.of(
                "/overview.xhtml",
                "/systems.xhtml",
                "/system.xhtml?id=" + machine,
                "/system.xhtml?id=" + machine + "&plan=drain",
                "/backups.xhtml",
                "/recovery.xhtml",
                "/recover.xhtml?system=" + machine,
                "/policies.xhtml",
                "/policy.xhtml?scope=company&name=default",
                "/policy.xhtml?scope=system&name=" + machine,
                "/jobs.xhtml",
                "/master-file.xhtml",
                "/log.xhtml",
                "/settings.xhtml")) {
            for (Map<String, String> form : Visit.forms(visit.get(page).body())) {
                judge("foreign " + form, visit.post(page, form, "Origin", "https://evil.example"), Set.of(403));
                form.remove(Visit.STATE);
                judge("without token " + form, visit.post(page, form), Set.of(200, 302));
                forms++;
            }
        }
        assertTrue(forms > 20, forms + " forms");
        assertEquals(before, deeds());
        assertEquals(List.of(), wrong);
        assertEquals(200, visit.get("/overview.xhtml").statusCode(), "a form that says goodbye was obeyed");
    }

    /** What the administrator did, as the log has it, without their logins. */
    private List<String> deeds() throws IOException {
        return realm.administrator().json(realm.api("/log?limit=200")).asJsonArray().stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getString("actor").equals("admin"))
                .filter(each -> !each.getString("action").equals("login"))
                .map(JsonObject::toString)
                .limit(20)
                .toList();
    }

    @Test
    void theSessionThatEndsInTheMiddleOfADeedEndsAtTheLoginPage() throws IOException {
        Visit visit = Visit.administrator(realm);
        String page = "/system.xhtml?id=" + machine;
        Map<String, String> form = deed(visit, page);
        String session = visit.session();
        visit.post("/overview.xhtml", Visit.form(visit.get("/overview.xhtml").body(), "do=leave"));
        Visit late = Visit.stranger(realm, session);
        HttpResponse<String> answer = late.post(page, form);
        judge("after the end", answer, Set.of(302));
        assertTrue(answer.headers().firstValue("Location").orElse("").endsWith("/login.xhtml"));
        unchanged("a session that was over");
    }

    @Test
    void aPageThatWasOpenForTooLongIsShownAnew() throws IOException {
        Visit visit = Visit.administrator(realm);
        String page = "/system.xhtml?id=" + machine;
        Map<String, String> form = deed(visit, page);
        for (int i = 0; i < 40; i++) {
            visit.get("/recover.xhtml");
        }
        HttpResponse<String> answer = visit.post(page, form);
        judge("an old page", answer, Set.of(302));
        assertTrue(visit.get(page).body().contains("open for too long"));
        unchanged("a page that the server forgot");
    }

    @Test
    void programsAreNotKnownByWhatBrowsersSendAlong() throws IOException {
        Visit visit = Visit.administrator(realm);
        for (String deed : List.of("/dumps", "/log/anchors", "/hosts/" + machine + "/drain", "/alerts/trial")) {
            assertEquals(401, withCookie(visit, "POST", deed), deed);
        }
        Caller administrator = realm.administrator();
        HttpRequest.Builder forged = HttpRequest.newBuilder(URI.create(realm.api("/hosts/" + machine + "/drain")))
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> answer = administrator.send(forged);
        assertEquals(403, answer.statusCode(), "a password that a browser keeps works for pages elsewhere");
        judge("a forged request", answer, Set.of(403));
        assertEquals("ACCEPTING", realm.host("daemon-1").getString("state"));
    }

    @Test
    void whatNoServerCanReadIsRefused() throws IOException {
        Visit nobody = Visit.stranger(realm, null);
        Visit visit = Visit.administrator(realm);
        String kind = "?jakarta.faces.RenderKitId=x";
        judge(kind, nobody.get("/login.xhtml" + kind), Set.of(400));
        judge(kind, visit.get("/overview.xhtml" + kind), Set.of(400));
        judge("too long", nobody.send("POST", "/login.xhtml", "a=" + "b".repeat(70_000)), Set.of(400));
        for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=")) {
            judge(type, nobody.send("POST", "/login.xhtml", "--a", "Content-Type", type), Set.of(400));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void aListWhoseAddressIsBadlyEncodedIsRefused() throws IOException {
        KeptConnection daemon = KeptConnection.of(
                realm.source().home(),
                URI.create(realm.status().daemons().get(0).url()));
        String request = "GET /cranny/v1/fragments?limit=%% HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n"
                .formatted(daemon.authority(), "Content-Type: application/json; charset=utf-16");
        assertEquals(
                400,
                daemon.ask("GET", request.getBytes(StandardCharsets.US_ASCII)).status());
        daemon.close();
    }

    @Test
    void aFormThatNamesNothingThatIsThereIsRefused() throws IOException {
        Visit visit = Visit.administrator(realm);
        Map<String, String> system =
                Visit.form(visit.get("/system.xhtml?id=" + machine).body(), "do=owner");
        system.put("id", "999999999");
        judge("no system", visit.post("/system.xhtml", system), Set.of(404));
        String page = "/policy.xhtml?scope=company&name=default";
        Map<String, String> policy = Visit.form(visit.get(page).body(), "do=set");
        policy.put("scope", "none");
        judge("no scope", visit.post("/policy.xhtml", policy), Set.of(404));
        HttpRequest.Builder form = HttpRequest.newBuilder(URI.create(realm.api("/systems")))
                .header("Content-Type", "application/x-www-form-urlencoded");
        judge("a form for the API", realm.administrator().send(form), Set.of(415));
        assertEquals(List.of(), wrong);
    }

    @Test
    void methodsAndPathsOpenNoOtherWay() throws IOException {
        Visit nobody = Visit.stranger(realm, null);
        for (String method : List.of("HEAD", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "GETX")) {
            HttpResponse<String> page = nobody.send(method, "/overview.xhtml", null);
            judge(method + " page", page, Set.of(302, 401, 403, 404, 405, 501));
            assertFalse(page.body().contains("protected"), method);
            judge(method + " api", nobody.send(method, "/api/v1/systems", null), Set.of(401, 403, 404, 405, 501));
        }
        Visit visit = Visit.administrator(realm);
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE")) {
            judge(method + " known", visit.send(method, "/overview.xhtml", null), Set.of(200, 400, 403, 405, 501));
        }
        String secret = visit.session();
        HttpResponse<String> traced = visit.send("TRACE", "/overview.xhtml", null);
        assertFalse(traced.body().contains(secret), "TRACE says the cookie");
        noMethods(URI.create(realm.status().central().url()));
        judge("live", nobody.get("/live"), Set.of(302));
        for (String path : tricks()) {
            HttpResponse<String> answer = nobody.get(path);
            judge(path, answer, Set.of(302, 400, 401, 403, 404));
            HttpResponse<String> known = visit.get(path);
            judge(path + " known", known, Set.of(200, 302, 400, 401, 403, 404));
            assertFalse(known.body().contains("<ui:composition") || known.body().contains("<web-app"), path);
        }
        assertEquals(List.of(), wrong);
    }

    /** The server takes what has a comma for a list of methods; at an empty place in one its check of rights fails. */
    private void noMethods(URI people) throws IOException {
        Path source = realm.source().home();
        for (String method : List.of("GET,", "GET,POST", "!GET", "@", "G(T", ",GET", "!", ",")) {
            boolean readable = !RawRequests.isUnreadable(method);
            for (String path : List.of("/api/v1/systems", "/overview.xhtml", "/login.xhtml")) {
                try (KeptConnection connection = KeptConnection.of(source, people)) {
                    String request = method + " " + people.getPath() + path + " HTTP/1.1\r\nHost: "
                            + connection.authority() + "\r\nContent-Length: 0\r\n\r\n";
                    KeptConnection.Answer answer = connection.ask(method, request.getBytes(StandardCharsets.US_ASCII));
                    boolean refused = readable
                            ? Set.of(302, 400, 401, 403, 405, 501).contains(answer.status())
                            : answer.status() == 500 && answer.body().isEmpty();
                    if (!refused) {
                        wrong.add(method + " " + path + " " + answer);
                    }
                }
            }
        }
    }

    private static List<String> tricks() {
        List<String> tricks = new ArrayList<>(List.of(
                "/overview.xhtml;jsessionid=1",
                "/overview.xhtml;x=/login.xhtml",
                "/login.xhtml/../overview.xhtml",
                "/login.xhtml/%2e%2e/overview.xhtml",
                "/login.xhtml%2f..%2foverview.xhtml",
                "/login.xhtml;/../overview.xhtml",
                "//overview.xhtml",
                "/./overview.xhtml",
                "/%6fverview.xhtml",
                "/%256fverview.xhtml",
                "/OVERVIEW.XHTML",
                "/overview.xhtml/",
                "/overview.xhtml/x",
                "/overview.xhtml%00",
                "/overview.xhtml%20",
                "/overview.jsf",
                "/overview.faces",
                "/faces/overview.xhtml",
                "/overview",
                "/systems.xhtml.xhtml",
                "/jakarta.faces.resource/../overview.xhtml",
                "/jakarta.faces.resource/%2e%2e/overview.xhtml",
                "/jakarta.faces.resource/overview.xhtml",
                "/jakarta.faces.resource/web.xml.xhtml?ln=../WEB-INF",
                "/jakarta.faces.resource/../WEB-INF/web.xml.xhtml",
                "/jakarta.faces.resource/%2e%2e%2fWEB-INF%2fweb.xml.xhtml",
                "/jakarta.faces.resource/faces-config.xml.xhtml?ln=..%2fWEB-INF",
                "/jakarta.faces.resource/x.xhtml?con=..%2f..%2fWEB-INF",
                "/WEB-INF/web.xml",
                "/WEB-INF/templates/frame.xhtml",
                "/%57EB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/resources/cranny/0_1_0/cranny.css",
                "/error",
                "/api",
                "/api/",
                "/api/v1/../../overview.xhtml",
                "/api/v1/%2e%2e/%2e%2e/overview.xhtml",
                "/api/v1/realm/../systems",
                "/api/v1/realm/%2e%2e/systems",
                "/api/v1/realm;/../systems",
                "/api/v1//systems",
                "/api//v1/systems",
                "/api/v1/systems;x=/realm",
                "/api/v1/systems/",
                "/api/v1/systems.xhtml",
                "/api/v1/systems?after=%00",
                "/api/v1/policies/group/%00",
                "/systems.xhtml?find=%00",
                "/api/v1/application.wadl",
                "/openapi",
                "/metrics",
                "/health"));
        return tricks;
    }

    /** What can read nothing of a stream keeps none open. */
    @Test
    void streamsHaveAHead() throws IOException {
        HttpResponse<String> live = Visit.administrator(realm).send("HEAD", "/live", null);
        assertEquals(200, live.statusCode());
        assertTrue(live.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
        URI machines = realm.machines();
        try (KeptConnection connection = KeptConnection.of(realm.source().home(), machines)) {
            assertEquals(
                    200,
                    ask(connection, "HEAD", machines.getPath() + "/api/v1/events")
                            .status());
        }
    }

    /** What was meant for a machine that left without a word is not written into the answer to another one. */
    @Test
    void streamsThatBreakOffReachNobodyElse() throws IOException {
        URI machines = realm.machines();
        Path host = realm.status().daemons().get(0).home();
        String path = machines.getPath() + "/api/v1/realm";
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < STREAMS_LEFT; i++) {
                try (KeptConnection left = KeptConnection.of(host, machines)) {
                    ask(left, "GET", machines.getPath() + "/api/v1/events");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        Path source = realm.source().home();
        String expected = null;
        while (!leaving.isDone()) {
            try (KeptConnection kept = KeptConnection.of(source, machines)) {
                for (boolean last = false; !last && !leaving.isDone(); ) {
                    KeptConnection.Answer answer = ask(kept, "GET", path);
                    assertEquals(200, answer.status());
                    expected = expected == null ? answer.body() : expected;
                    assertEquals(expected, answer.body());
                    last = answer.last();
                }
            }
        }
        leaving.join();
        assertNotNull(expected);
    }

    private static KeptConnection.Answer ask(KeptConnection connection, String method, String path) {
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + connection.authority() + "\r\n\r\n";
        return connection.ask(method, request.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void everyAnswerAsksBrowsersToBeStrict() throws IOException {
        Visit visit = Visit.administrator(realm);
        Map<String, HttpResponse<String>> answers = new LinkedHashMap<>();
        answers.put("login", Visit.stranger(realm, null).get("/login.xhtml"));
        answers.put("redirect", Visit.stranger(realm, null).get("/overview.xhtml"));
        answers.put("page", visit.get("/overview.xhtml"));
        answers.put("no machine", visit.get("/system.xhtml?id=999999"));
        answers.put("no page", visit.get("/nothing.xhtml"));
        answers.put("nothing", visit.get("/nothing"));
        answers.put("nothing, unknown", Visit.stranger(realm, null).get("/nothing"));
        answers.put("style", visit.get(resource(answers.get("page").body(), "cranny.css")));
        answers.put("script", visit.get(resource(answers.get("page").body(), "cranny.js")));
        answers.put("no style", visit.get("/jakarta.faces.resource/nothing.css.xhtml?ln=cranny"));
        answers.put("refused form", visit.send("POST", "/overview.xhtml", "a=b", "Origin", "https://evil.example"));
        answers.put("api", realm.administrator().get(realm.api("/systems")));
        answers.put(
                "api, unknown", Caller.nobody(realm.status().caFingerprint()).get(realm.api("/systems")));
        answers.put("api, nothing", realm.administrator().get(realm.api("/nothing")));
        answers.put("api, bad", realm.administrator().get(realm.api("/log?limit=x")));
        answers.put("health", Caller.nobody(realm.status().caFingerprint()).get(realm.api("/health")));
        answers.forEach((name, answer) -> {
            judge(name, answer, Set.of(200, 302, 400, 401, 403, 404));
            header(name, answer, "X-Content-Type-Options", "nosniff");
            header(name, answer, "X-Frame-Options", "DENY");
            header(name, answer, "Referrer-Policy", "same-origin");
            header(name, answer, "Cross-Origin-Opener-Policy", "same-origin");
            header(name, answer, "Cross-Origin-Resource-Policy", "same-origin");
            header(name, answer, "Strict-Transport-Security", "max-age=31536000");
            String policy = String.join(" | ", answer.headers().allValues("Content-Security-Policy"));
            boolean page = Set.of("login", "page").contains(name);
            if (page ? !policy.contains("script-src 'self'") : !policy.contains("default-src 'none'")) {
                // What a browser follows it does not show.
                if (answer.statusCode() != 302) {
                    wrong.add(name + " has the policy " + policy);
                }
            }
            if (policy.contains("'unsafe-inline'") && policy.matches(".*script-src[^;]*'unsafe-inline'.*")) {
                wrong.add(name + " lets any script run: " + policy);
            }
            boolean kept = Set.of("style", "script").contains(name);
            if (!kept && !name.equals("no style")) {
                header(name, answer, "Cache-Control", "no-store");
            }
            for (String teller : List.of("Server", "X-Powered-By", "X-AspNet-Version")) {
                answer.headers()
                        .firstValue(teller)
                        .ifPresent(said -> wrong.add(name + " tells " + teller + ": " + said));
            }
        });
        assertEquals(List.of(), wrong);
    }

    private void header(String name, HttpResponse<String> answer, String header, String value) {
        List<String> found = answer.headers().allValues(header);
        if (!found.equals(List.of(value))) {
            wrong.add(name + " says " + header + ": " + found);
        }
    }

    private static String resource(String page, String name) {
        int at = page.indexOf("/jakarta.faces.resource/" + name);
        return page.substring(at, page.indexOf('"', at)).replace("&amp;", "&");
    }

    /** The form that gives the machine an owner, filled in with one that must never be. */
    private static Map<String, String> deed(Visit visit, String page) throws IOException {
        Map<String, String> form = Visit.form(visit.get(page).body(), "do=owner");
        form.put("owner", MARK);
        return form;
    }

    private void unchanged(String after) throws IOException {
        assertEquals(List.of(), wrong);
        JsonObject found = realm.administrator().json(realm.api("/systems")).asJsonArray().stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getJsonNumber("number").longValue() == machine)
                .findFirst()
                .orElseThrow();
        assertNull(found.get("owner"), () -> after + " gave the machine an owner");
    }

    private int withCookie(Visit visit, String method, String path) throws IOException {
        return visit.send(method, "/api/v1" + path, null).statusCode();
    }

    /** Notes an answer that is of another kind, or that tells what only the log is to know. */
    private void judge(String name, HttpResponse<String> answer, Set<Integer> expected) {
        if (!expected.contains(answer.statusCode())) {
            wrong.add(name + " was answered " + answer.statusCode());
        }
        TRACES.stream()
                .filter(answer.body()::contains)
                .findFirst()
                .ifPresent(trace -> wrong.add(name + " tells \"" + trace + "\""));
    }
}
