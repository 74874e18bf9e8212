package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.SignIn;
import org.cranny.client.home.Home;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * People in every role: each request of the matrix by each role, owners and their own machines, tokens, and a client that
 * knows nothing but the API.
 */
@ExtendWith(SharesRealm.class)
class PeopleIT {
    private static final List<String> ROLES = Staff.ROLES;
    private static final String NOBODYS = "999999";

    private final Realm realm;

    PeopleIT(Realm realm) {
        this.realm = realm;
    }

    /** A row of the matrix. */
    private record Row(String method, String path, Set<String> roles) {
        boolean isFor(String role) {
            return roles.contains(role);
        }
    }

    @Test
    void everyRoleMayDoWhatTheMatrixSaysAndNothingElse() throws IOException {
        List<Row> rows = matrix();
        assertTrue(rows.size() > 60, rows::toString);
        for (String role : ROLES) {
            Person person = login(role);
            for (Row row : rows) {
                if (!row.isFor(role)) {
                    assertEquals(403, person.status(row.method(), row.path()), () -> row + " by " + role);
                } else if (row.method().equals("GET") && !role.equals("owner")) {
                    int status = person.status("GET", row.path());
                    assertFalse(Set.of(401, 403).contains(status), () -> row + " by " + role + ": " + status);
                }
            }
        }
        Person without = login(Staff.NOBODY);
        for (Row row : rows) {
            assertEquals(403, without.status(row.method(), row.path()), () -> row + " without a role");
        }
    }

    @Test
    void whatPagesFetchIsForThoseTheMatrixSays() throws IOException {
        List<Row> rows = fetchedByPages();
        assertEquals(3, rows.size(), rows::toString);
        for (String role : ROLES) {
            Visit visit = Visit.stranger(realm, null);
            assertEquals(302, visit.logIn(role, Staff.password(role)).statusCode());
            for (Row row : rows) {
                if (!row.isFor(role)) {
                    assertEquals(403, visit.send(row.method(), row.path(), null).statusCode(), () -> row + " " + role);
                }
            }
        }
        for (Row row : rows) {
            int status = Visit.stranger(realm, null)
                    .send(row.method(), row.path(), null)
                    .statusCode();
            assertEquals(302, status, row::toString);
        }
    }

    /** Whoever has most of a token, or something like it, has nothing. */
    @Test
    void aTokenThatIsSpoiltOpensNothingAnywhere() throws IOException {
        Person administrator = login("administrator");
        List<String> spoilt = spoilt(administrator.token());
        for (String token : spoilt) {
            Person stranger = new Person(realm, administrator.caller(), token);
            assertEquals(401, stranger.status("GET", "/systems"), token);
        }
        int next = 0;
        for (Row row : matrix()) {
            for (int i = 0; i < 3; i++) {
                String token = spoilt.get(next++ % spoilt.size());
                Person stranger = new Person(realm, administrator.caller(), token);
                assertEquals(401, stranger.status(row.method(), row.path()), () -> row + " with " + token);
            }
        }
        assertEquals(200, administrator.status("GET", "/systems"));
    }

    /** Of which one character is another one, is left out, or is there twice; a piece of it, and what looks like it. */
    private static List<String> spoilt(String token) {
        List<String> all = new ArrayList<>(List.of(
                "",
                "null",
                token + "0",
                "0" + token,
                token + token,
                token + "=",
                token + "," + token,
                token.substring(token.length() / 2),
                new StringBuilder(token).reverse().toString(),
                "%",
                "' or '1'='1",
                "a".repeat(4_000)));
        for (int i = 0; i < token.length(); i++) {
            char letter = token.charAt(i);
            char other = Character.isLetter(letter) ? (char) (letter ^ 0x20) : letter == '0' ? '1' : '0';
            all.add(token.substring(0, i) + other + token.substring(i + 1));
            all.add(token.substring(0, i) + token.substring(i + 1));
        }
        return all;
    }

    @Test
    void anOwnerSeesAndRestoresTheirOwnMachineAndNoOther() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 5, 2);
        Cranny mine = realm.source();
        Cranny others = realm.source();
        BackupAndRestoreIT.backUp(mine, tree);
        BackupAndRestoreIT.backUp(others, tree);
        String own = number(mine);
        String other = number(others);
        Claims.done(realm.admin(mine, "owner", own, "Owner@example.org"));
        Person owner = login("owner");

        List<String> seen = owner.array("/systems").getValuesAs(JsonObject.class).stream()
                .map(machine -> machine.get("number").toString())
                .toList();
        assertTrue(seen.contains(own) && !seen.contains(other), seen::toString);
        for (Row row : matrix()) {
            if (row.isFor("owner") && row.path().startsWith("/systems/" + NOBODYS)) {
                String path = row.path().replaceFirst(NOBODYS, other);
                assertEquals(403, owner.status(row.method(), path), path);
                assertEquals(403, owner.status(row.method(), row.path()), row.path());
            }
        }
        assertEquals(200, owner.status("GET", "/systems/" + own + "/snapshots/latest/tree"));
        JsonObject job = owner.object(
                "POST",
                "/systems/" + own + "/jobs",
                "{\"kind\":\"RESTORE\",\"order\":{\"snapshot\":\"latest\",\"target\":\"/tmp/nowhere\"}}");
        assertEquals(
                403,
                owner.send("POST", "/systems/" + own + "/jobs", "{\"kind\":\"ROTATE_KEYS\"}")
                        .statusCode());
        JsonObject foreign = login("helpdesk").object("POST", "/systems/" + other + "/jobs", "{\"kind\":\"CHECK\"}");
        assertEquals(200, owner.status("GET", "/jobs/" + job.get("id")));
        assertEquals(403, owner.status("GET", "/jobs/" + foreign.get("id")));
        assertEquals(403, owner.status("POST", "/jobs/" + foreign.get("id") + "/cancel"));
        assertEquals(
                List.of(job.get("id")),
                owner.array("/jobs").getValuesAs(JsonObject.class).stream()
                        .map(each -> each.get("id"))
                        .toList());
        assertEquals(200, owner.status("POST", "/jobs/" + job.get("id") + "/cancel"));
        login("helpdesk").status("POST", "/jobs/" + foreign.get("id") + "/cancel");
    }

    @Test
    @LongForm
    void aMachineWhoseOwnerSignsInIsTheirs() throws IOException {
        String central = realm.status().central().url();
        String authority = realm.status().caFingerprint();
        Home home = Home.at(realm.emptyFolder("signed-in"));
        SignIn wrong = new SignIn(central, authority, "owner", "guessed");
        assertThrows(ProblemException.class, () -> wrong.order("lap"));
        SignIn other = new SignIn(central, authority, "helpdesk", Staff.password("helpdesk"));
        assertThrows(ProblemException.class, () -> other.order("lap"));
        SignIn elsewhere = new SignIn(central, "00".repeat(32), "owner", Staff.password("owner"));
        assertThrows(IOException.class, () -> elsewhere.order("lap"));
        SignIn owner = new SignIn(central, authority, "owner", Staff.password("owner"));
        long number = new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(owner.order("lap-of-owner"))
                .system()
                .number();
        JsonObject machine = login("owner").array("/systems").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getInt("number") == number)
                .findFirst()
                .orElseThrow();
        assertEquals("lap-of-owner", machine.getString("name"));
        assertEquals(403, login("owner").status("POST", "/tokens/own"), "a login's token is no password");
    }

    @Test
    void aTokenDoesWhatItWasMadeForUntilItIsRevoked() throws IOException {
        Cranny person = realm.stranger();
        Path token = realm.emptyFolder("token").resolve("token");
        Claims.done(realm.admin(
                person, "token", "create", "reports", "--into", token.toString(), "--role", "administrator"));
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
        Command.Outcome listed = asBearer(person, token, "token", "--json");
        Claims.done(listed);
        assertFalse(listed.output().contains(Files.readString(token).strip()), "a token is shown");
        JsonObject made = Json.ofType(listed.output(), "api-token").stream()
                .filter(each -> each.getString("name", "").equals("reports"))
                .findFirst()
                .orElseThrow();
        Claims.done(asBearer(person, token, "systems"));
        Claims.refusesInOneLine(1, asBearer(person, token, "dumps", "now"), "may not do that");
        Claims.refusesInOneLine(
                1, asBearer(person, token, "token", "create", "more", "--into", token + "2"), "may not do that");
        Claims.done(realm.admin(person, "token", "revoke", made.get("id").toString()));
        Claims.refusesInOneLine(1, asBearer(person, token, "systems"), "missing or wrong");
    }

    @Test
    void theLogIsWholeAndHostsSaySo() throws IOException {
        Cranny person = realm.stranger();
        Claims.done(realm.admin(person, "log", "anchor"));
        Command.Outcome verified = realm.admin(person, "log", "verify", "--json");
        Claims.done(verified);
        JsonObject whole = Json.ofType(verified.output(), "log-verification").get(0);
        assertEquals(
                3,
                whole.getJsonArray("anchors").getValuesAs(JsonObject.class).stream()
                        .filter(each -> each.getString("state").equals("AGREES"))
                        .count());
        Path csv = realm.emptyFolder("log").resolve("log.csv");
        Claims.done(realm.admin(person, "log", "export", csv.toString()));
        List<String> lines = Files.readAllLines(csv);
        assertEquals("sequence,written,actor,action,subject,detail,hash", lines.get(0));
        assertTrue(lines.size() > 5, lines::toString);
        Claims.done(realm.admin(person, "log", "--limit", "5"));
        Command.Outcome exports =
                realm.admin(person, "log", "--actor", "admin", "--subject", "log", "--limit", "1", "--json");
        Claims.done(exports);
        JsonObject exported = Json.ofType(exports.output(), "log").get(0);
        assertEquals("log exported", exported.getString("action"));
        assertEquals("admin", exported.getString("actor"));
        Command.Outcome nobodys = realm.admin(person, "log", "--actor", "nobody at all", "--json");
        Claims.done(nobodys);
        assertEquals(List.of(), Json.ofType(nobodys.output(), "log"));
    }

    @Test
    @LongForm
    void aClientThatKnowsOnlyTheApiAndAToken() throws Exception {
        Cranny person = realm.stranger();
        Path token = realm.emptyFolder("token").resolve("token");
        Claims.done(realm.admin(person, "token", "create", "example", "--into", token.toString()));
        Path authority = realm.status().central().home().resolve("authority.pem");
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        realm.repository().resolve("system-tests/target/lib") + "/*",
                        realm.repository()
                                .resolve("docs/examples/jaxrs-client/CrannyReport.java")
                                .toString(),
                        realm.status().central().url(),
                        authority.toString(),
                        token.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(client.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(client.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, client.exitValue(), said);
        assertTrue(said.contains("daemon-1"), said);
    }

    private Command.Outcome asBearer(Cranny person, Path token, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                realm.status().central().url(),
                "--token-file",
                token.toString(),
                "--ca-fingerprint",
                realm.status().caFingerprint()));
        return person.run("admin", all.toArray(String[]::new));
    }

    private static String number(Cranny source) throws IOException {
        return Json.object(Files.readString(source.home().resolve("config.json")))
                .get("system")
                .toString();
    }

    /** Somebody who logged in. */
    private record Person(Realm realm, Caller caller, String token) {
        HttpResponse<String> send(String method, String path, String body) throws IOException {
            return caller.send(HttpRequest.newBuilder(URI.create(realm.api(path)))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", path.startsWith("/packs") ? "application/octet-stream" : "application/json")
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body)));
        }

        int status(String method, String path) throws IOException {
            boolean bare = Set.of("GET", "HEAD", "DELETE").contains(method);
            return send(method, path, bare ? "" : "{}").statusCode();
        }

        JsonObject object(String method, String path, String body) throws IOException {
            return Caller.body(send(method, path, body)).asJsonObject();
        }

        JsonArray array(String path) throws IOException {
            return Caller.body(send("GET", path, "")).asJsonArray();
        }
    }

    private Person login(String role) throws IOException {
        Caller caller = Caller.nobody(realm.status().caFingerprint());
        assertNotEquals(201, session(caller, role, "wrong").statusCode());
        JsonObject begun =
                Caller.body(session(caller, role, Staff.password(role))).asJsonObject();
        return new Person(realm, caller, begun.getString("token"));
    }

    private HttpResponse<String> session(Caller caller, String role, String password) throws IOException {
        return caller.post(realm.api("/sessions"), "{\"name\":\"" + role + "\",\"password\":\"" + password + "\"}");
    }

    private List<Row> fetchedByPages() throws IOException {
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(realm.repository().resolve("docs/reference/access.md"))) {
            inside = line.startsWith("| Fetched by pages |") || inside && line.startsWith("|");
            if (inside && line.startsWith("| `")) {
                rows.add(row(line.split("\\|", -1)));
            }
        }
        return rows;
    }

    private static Row row(String[] cells) {
        String[] request = cells[1].replace("`", "").strip().split(" ");
        Set<String> roles = new HashSet<>();
        for (int i = 0; i < ROLES.size(); i++) {
            if (!cells[2 + i].isBlank()) {
                roles.add(ROLES.get(i));
            }
        }
        return new Row(request[0], request[1].replaceAll("\\{[a-z]+(:[^}]*)?}", NOBODYS), roles);
    }

    private List<Row> matrix() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(realm.repository().resolve("docs/reference/access.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length > 8 && line.startsWith("| `") && !cells[7].contains("everybody")) {
                rows.put(line, row(cells));
            }
        }
        return new ArrayList<>(rows.values());
    }
}
