package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.cranny.protocol.hostile.HostileNames;
import org.cranny.protocol.octets.PathNotation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two hundred names that would run a script, or break a page, where they are not shown as what they are: of files, of
 * machines, of people, and in every text that people write. A browser looks at each page that shows them.
 */
@LongForm
@ExtendWith(SharesRealm.class)
class HostileNamesIT {
    private final Realm realm;
    private final List<String> names;
    private final List<String> wrong = new ArrayList<>();
    private Browser browser;

    HostileNamesIT(Realm realm) {
        this.realm = realm;
        this.names = HostileNames.shown();
    }

    @BeforeEach
    void logIn() {
        assertTrue(names.size() > 200, names.size() + " names");
        ClusterStatus.Central central = realm.status().central();
        browser = new Browser(realm.emptyFolder("browser"));
        browser.show(1280, 900, false);
        browser.open(central.url() + "/");
        browser.logIn(central.user(), central.password());
        browser.complaints();
    }

    @AfterEach
    void leave() {
        browser.close();
    }

    @Test
    void ofFiles() throws IOException {
        Path tree = realm.emptyFolder("names");
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            file(tree, name, files);
        }
        assertTrue(files.size() > 150, files.size() + " files");
        Cranny source = realm.source();
        String first = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        for (Path file : files) {
            Files.writeString(file, "second");
        }
        String second = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        long system = number(source);
        String of = "?system=" + system + "&snapshot=" + second + "&path=";
        look("/browse.xhtml" + of + encoded(tree.toString()));
        look("/browse.xhtml" + of + encoded(tree.toString()) + "&name=*");
        look("/differences.xhtml?system=" + system + "&from=" + first + "&to=" + second);
        Set<Path> folders = new LinkedHashSet<>();
        for (Path file : files) {
            look("/file.xhtml" + of + encoded(file.toString()));
            folders.add(file.getParent());
        }
        for (Path folder : folders) {
            look("/browse.xhtml" + of + encoded(folder.toString()));
        }
        for (int i = 0; i < files.size(); i += 10) {
            look("/restore.xhtml" + of + encoded(files.get(i).toString()));
        }
        JsonArrayBuilder paths = Json.createArrayBuilder();
        files.forEach(file -> paths.add(PathNotation.of(file.toString().getBytes(StandardCharsets.UTF_8))));
        HttpResponse<String> job = realm.administrator()
                .post(
                        realm.api("/systems/" + system + "/jobs"),
                        Json.createObjectBuilder()
                                .add("kind", "BACKUP")
                                .add("paths", paths)
                                .build()
                                .toString());
        assertEquals(201, job.statusCode(), job::body);
        look("/job.xhtml?id=" + answered(job).getJsonNumber("id"));
        harmless();
    }

    @Test
    void ofMachines() throws Exception {
        Map<Long, String> joined = new LinkedHashMap<>();
        for (String name : names) {
            HttpResponse<String> answer = realm.administrator()
                    .post(
                            realm.api("/enrollments"),
                            Json.createObjectBuilder()
                                    .add("token", realm.status().token())
                                    .add("name", name)
                                    .add(
                                            "roles",
                                            Json.createArrayBuilder()
                                                    .add("source")
                                                    .add("host"))
                                    .add("csr", csr())
                                    .add("address", "https://127.0.0.1:1")
                                    .build()
                                    .toString());
            if (answer.statusCode() == 201) {
                joined.put(answered(answer).getJsonNumber("system").longValue(), name);
            } else {
                assertEquals(400, answer.statusCode(), () -> name + ": " + answer.body());
                assertEquals("name", answered(answer).getString("field"), answer::body);
            }
        }
        assertTrue(joined.size() > 100, joined.size() + " machines");
        for (String page : List.of("overview", "backups", "jobs", "recover", "master-file")) {
            look("/" + page + ".xhtml");
        }
        for (Map.Entry<Long, String> machine : joined.entrySet()) {
            look("/system.xhtml?id=" + machine.getKey());
            look("/systems.xhtml?find=" + encoded(machine.getValue()));
        }
        harmless();
    }

    @Test
    void ofPeopleAndInWhatTheyWrite() throws IOException {
        Cranny source = realm.source();
        Path tree = realm.emptyFolder("tree");
        Contents.text(tree.resolve("file"), "file");
        BackupAndRestoreIT.backUp(source, tree);
        long system = number(source);
        List<String> excludes = new ArrayList<>();
        for (String name : names) {
            HttpResponse<String> login = Visit.stranger(realm, null).logIn(name, name);
            assertTrue(Set.of(200, 400, 401).contains(login.statusCode()), () -> name + ": " + login.statusCode());
            String text = Json.createValue(name).toString();
            int owner = put("/systems/" + system + "/owner", "{\"owner\":" + text + "}");
            assertTrue(Set.of(200, 400).contains(owner), () -> name + " as owner: " + owner);
            int label = put("/systems/" + system + "/labels", "{\"labels\":[" + text + "]}");
            assertTrue(Set.of(200, 400).contains(label), () -> name + " as label: " + label);
            if (put("/policies/system/" + system, "{\"excludes\":[" + text + "]}") == 200) {
                excludes.add(name);
            }
        }
        JsonArrayBuilder all = Json.createArrayBuilder();
        excludes.forEach(all::add);
        assertEquals(
                200,
                put(
                        "/policies/system/" + system,
                        Json.createObjectBuilder().add("excludes", all).build().toString()));
        for (String name : names) {
            int held = put("/systems/" + system + "/versions/1/hold", reason(name.repeat(4)));
            assertTrue(Set.of(200, 400).contains(held), () -> name + " as reason: " + held);
        }
        for (String name : names) {
            HttpResponse<String> answer = realm.administrator()
                    .post(
                            realm.api("/systems/" + system + "/jobs"),
                            Json.createObjectBuilder()
                                    .add("kind", "RUN_NOW")
                                    .add("reason", name)
                                    .build()
                                    .toString());
            assertTrue(Set.of(201, 400).contains(answer.statusCode()), () -> name + ": " + answer.body());
            look("/log.xhtml?actor=" + encoded(name) + "&subject=" + encoded(name));
        }
        look("/system.xhtml?id=" + system);
        look("/policy.xhtml?scope=system&name=" + system);
        look("/policy.xhtml?scope=system&name=" + system + "&as=document");
        look("/policies.xhtml?patterns=" + encoded(String.join("\n", names.subList(0, 60))) + "&paths="
                + encoded(String.join("\n", names.subList(0, 60))));
        look("/jobs.xhtml");
        look("/backups.xhtml?system=" + system);
        look("/log.xhtml");
        for (int i = 0; i < 12 && browser.has("p.pager a"); i++) {
            look(browser.find("p.pager a").getDomAttribute("href"));
        }
        harmless();
    }

    /** Opens a page and notes what its names did there. @param address below central's, or whole as a link has it */
    private void look(String address) {
        String base = realm.status().central().url();
        browser.open(
                address.startsWith("/cranny/")
                        ? URI.create(base).resolve(address).toString()
                        : base + address);
        if (!Boolean.TRUE.equals(browser.script("return window.ran === undefined"))) {
            wrong.add(address + " ran a script that came in a name");
        }
        Object foreign = browser.script(
                "return document.querySelectorAll('iframe,object,embed,base,marquee,math,video,audio,meta[http-equiv],"
                        + "script:not([nonce]):not([src]),[onerror],[onload],[onclick],[onfocus],[onmouseover]').length");
        if (!Long.valueOf(0).equals(foreign)) {
            wrong.add(address + " has elements that came in a name");
        }
        Object elsewhere = browser.script(
                "return [...document.querySelectorAll('a[href],form[action]')].map(a => a.href || a.action)"
                        + ".filter(href => !href.startsWith(location.origin)).join(' ')");
        if (!"".equals(elsewhere)) {
            wrong.add(address + " leads to " + elsewhere);
        }
        if (browser.texts("h1").size() != 1 || browser.url().contains("login.xhtml")) {
            wrong.add(address + " is no page: " + browser.texts("h1") + " " + browser.url());
        }
        String text = String.valueOf(browser.script("return document.body.innerText"));
        for (String sum : List.of("1343434337", "HTTP Status", "Exception")) {
            if (text.contains(sum)) {
                wrong.add(address + " says " + sum);
            }
        }
        browser.complaints().stream()
                .filter(each ->
                        !each.contains("status of 404") && !(each.contains("status of 400") && address.contains("%00")))
                .forEach(each -> wrong.add(address + ": " + each));
    }

    private void harmless() {
        assertEquals("", String.join("\n", wrong));
    }

    private void file(Path tree, String name, List<Path> files) throws IOException {
        try {
            Path file = tree.resolve(Integer.toString(files.size())).resolve(name.replaceFirst("^/+", ""));
            if (!file.normalize().equals(file) || file.getNameCount() == tree.getNameCount() + 1) {
                return;
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, name.isEmpty() ? "x" : "first");
            files.add(file);
        } catch (InvalidPathException | FileSystemException none) {
            assertTrue(
                    name.indexOf(0) >= 0 || name.getBytes(StandardCharsets.UTF_8).length > 200 || !valid(name),
                    () -> name + " cannot be the name of a file: " + none);
        }
    }

    private static boolean valid(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private int put(String path, String body) throws IOException {
        return realm.administrator()
                .send(HttpRequest.newBuilder(URI.create(realm.api(path)))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static String reason(String text) {
        return Json.createObjectBuilder().add("reason", text).build().toString();
    }

    private static JsonObject answered(HttpResponse<String> answer) {
        return org.cranny.system.Json.object(answer.body());
    }

    private long number(Cranny source) throws IOException {
        return org.cranny.system.Json.object(Files.readString(source.home().resolve("config.json")))
                .getJsonNumber("system")
                .longValue();
    }

    private static String csr() throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=anything"), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
