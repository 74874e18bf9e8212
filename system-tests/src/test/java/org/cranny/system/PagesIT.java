package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages as people see them: in a browser, wide and narrow, light and dark, with names that mean harm. */
@ExtendWith(SharesRealm.class)
class PagesIT {
    /** Names that would run a script, or break the page, where they are not shown as what they are. */
    private static final List<String> HOSTILE = List.of(
            "<script>window.ran=1<|script>",
            "<img src=x onerror=window.ran=1>",
            "<svg onload=window.ran=1>",
            "\"><script>window.ran=1<|script>",
            "' onmouseover='window.ran=1",
            "\" autofocus onfocus=\"window.ran=1",
            "javascript:window.ran=1",
            "#{window.ran}",
            "${7*7}",
            "#{facesContext.externalContext.invalidateSession()}",
            "{{7*7}}",
            "<iframe srcdoc='<script>parent.ran=1<|script>'>",
            "<a href=javascript:window.ran=1>x",
            "<style>*{display:none}<|style>",
            "<base href=https:||example.org|>",
            "<form action=https:||example.org>",
            "&lt;script&gt;window.ran=1",
            "%3Cscript%3Ewindow.ran=1",
            "]]><script>window.ran=1<|script>",
            "?path=..&system=1#x");

    /** Where names of files are shown, and one page of each kind: what is looked at closely every time. */
    private static final Set<String> EVERY_TIME =
            Set.of("overview", "source", "browse", "search", "file", "differences", "restore", "policy", "job");

    /** Of these, what is looked at in a narrow, dark window too. */
    private static final Set<String> NARROW = Set.of("overview", "browse");

    private final Realm realm;

    PagesIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void pagesAreReadableAndNamesHarmNobody() throws IOException {
        lookAt(EVERY_TIME, NARROW);
    }

    @Test
    @LongForm
    void everyPageIsReadableWideAndNarrow() throws IOException {
        lookAt(null, null);
    }

    /** Each page of each role is checked for barriers too, wide and narrow. */
    @Test
    @LongForm
    void everyRoleSeesItsPagesAndNoOther() throws IOException {
        Cranny source = realm.source();
        Path tree = realm.emptyFolder("tree");
        Contents.text(tree.resolve("file"), "first");
        BackupAndRestoreIT.backUp(source, tree);
        long own = number(source);
        give(own, Staff.mail("owner"));
        long other = number(realm.source());
        long job = job(own);
        Map<String, String> pages = pagesByPath(own, job, tree);
        pages.put("/device.xhtml", "/device.xhtml?id=" + device());
        List<String> wrong = new ArrayList<>();
        try (Browser browser = new Browser(realm.emptyFolder("browser"))) {
            for (String role : Staff.ROLES) {
                logIn(browser, role);
                Map<String, String> seen = new LinkedHashMap<>();
                Map<String, String> refused = new LinkedHashMap<>();
                for (Map.Entry<String, Set<String>> row : pageRights().entrySet()) {
                    (row.getValue().contains(role) ? seen : refused).put(row.getKey(), pages.get(row.getKey()));
                }
                seen.forEach((path, address) -> {
                    browser.show(1280, 900, false);
                    visit(browser, role + path.replace('/', '-') + "-wide", address, wrong);
                    browser.show(360, 740, true);
                    visit(browser, role + path.replace('/', '-') + "-narrow", address, wrong);
                });
                refuses(browser, refused.values(), role, wrong);
                if (role.equals("owner")) {
                    refuses(
                            browser,
                            pagesByPath(other, jobOfOther(other), tree).entrySet().stream()
                                    .filter(each -> each.getValue().contains("?") && seen.containsKey(each.getKey()))
                                    .map(Map.Entry::getValue)
                                    .toList(),
                            "owner, of another's machine,",
                            wrong);
                    browser.show(1280, 900, false);
                    assertEquals(List.of("My machines", "Backups", "Recovery", "Jobs"), browser.texts("nav a"));
                }
                browser.show(1280, 900, false);
                browser.open(url("/"));
                browser.find("#leave button").click();
            }
        }
        assertEquals("", String.join("\n", wrong));
        List<String> log = realm.administrator().json(realm.api("/log?limit=1000")).asJsonArray().stream()
                .map(each -> each.asJsonObject().getString("action") + " "
                        + each.asJsonObject().getString("subject"))
                .toList();
        assertTrue(log.contains("refused page /system.xhtml of another owner"), log::toString);
        assertTrue(log.contains("refused page /job.xhtml of another owner"), log::toString);
        assertTrue(log.contains("refused page /settings.xhtml"), log::toString);
    }

    /** All these addresses answer 403. */
    private void refuses(Browser browser, java.util.Collection<String> addresses, String who, List<String> wrong) {
        for (String address : addresses) {
            Object status = browser.later(
                    "fetch('" + url(address)
                            + "', {redirect: 'manual'}).then(answer => done(answer.status)).catch(error => done(String(error)))");
            if (!Long.valueOf(403).equals(status)) {
                wrong.add(who + " gets " + status + " from " + address);
            }
        }
        browser.complaints();
    }

    /** The pages' rows of the matrix: who sees each. */
    private Map<String, Set<String>> pageRights() throws IOException {
        Map<String, Set<String>> rights = new LinkedHashMap<>();
        for (String line : Files.readAllLines(realm.repository().resolve("docs/reference/access.md"))) {
            if (line.startsWith("| `/")) {
                String[] cells = line.split("\\|", -1);
                rights.put(
                        cells[1].replace("`", "").strip(),
                        IntStream.range(0, Staff.ROLES.size())
                                .filter(i -> !cells[2 + i].isBlank())
                                .mapToObj(Staff.ROLES::get)
                                .collect(Collectors.toSet()));
            }
        }
        return rights;
    }

    private static Map<String, String> pagesByPath(long system, long job, Path tree) {
        String place = "?system=" + system + "&path=" + encoded(tree.toString());
        Map<String, String> pages = new LinkedHashMap<>();
        for (String plain : List.of(
                "overview",
                "mine",
                "systems",
                "install",
                "versions",
                "recovery",
                "policies",
                "jobs",
                "master-file",
                "log",
                "settings")) {
            pages.put("/" + plain + ".xhtml", "/" + plain + ".xhtml");
        }
        pages.put("/device.xhtml", "/device.xhtml?id=" + system);
        pages.put("/system.xhtml", "/system.xhtml?id=" + system);
        pages.put("/backups.xhtml", "/backups.xhtml?system=" + system);
        pages.put("/browse.xhtml", "/browse.xhtml" + place);
        pages.put("/file.xhtml", "/file.xhtml" + place + encoded("/file"));
        pages.put("/differences.xhtml", "/differences.xhtml?system=" + system);
        pages.put("/restore.xhtml", "/restore.xhtml" + place);
        pages.put("/recover.xhtml", "/recover.xhtml?system=" + system);
        pages.put("/policy.xhtml", "/policy.xhtml?scope=system&name=" + system);
        pages.put("/job.xhtml", "/job.xhtml?id=" + job);
        return pages;
    }

    /** One of the owner's. */
    private long device() throws IOException {
        String answer = Caller.administrator(realm.status().caFingerprint(), "owner", Staff.password("owner"))
                .post(realm.api("/devices"), "{\"name\":\"phone\"}")
                .body();
        return Json.object(answer).getJsonNumber("number").longValue();
    }

    private void give(long system, String mail) throws IOException {
        HttpResponse<String> answer = realm.administrator()
                .send(HttpRequest.newBuilder(URI.create(realm.api("/systems/" + system + "/owner")))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"owner\":\"" + mail + "\"}")));
        assertEquals(200, answer.statusCode(), answer::body);
    }

    private long jobOfOther(long system) {
        try {
            return job(system);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param wide which pages are looked at in a wide window, null for all @param narrow in a narrow one */
    private void lookAt(Set<String> wide, Set<String> narrow) throws IOException {
        Cranny source = realm.source();
        Path tree = hostileTree();
        BackupAndRestoreIT.backUp(source, tree);
        Contents.text(tree.resolve("second"), "second");
        BackupAndRestoreIT.backUp(source, tree);
        long system = number(source);
        List<String> snapshots = snapshots(system);
        long host = realm.host("daemon-1").getJsonNumber("id").longValue();
        long job = job(system);
        try (Browser browser = new Browser(realm.emptyFolder("browser"))) {
            logIn(browser);
            List<String> wrong = new ArrayList<>();
            Map<String, String> pages = pages(system, host, job, tree, snapshots);
            browser.show(1280, 900, false);
            pages.forEach((name, address) -> {
                if (wide == null || wide.contains(name)) {
                    visit(browser, name + "-wide", address, wrong);
                }
            });
            browser.show(360, 740, true);
            pages.forEach((name, address) -> {
                if (narrow == null || narrow.contains(name)) {
                    visit(browser, name + "-narrow", address, wrong);
                }
            });
            assertEquals("", String.join("\n", wrong));
            searchByKey(browser);
            browser.show(360, 740, false);
            browser.open(url("/system.xhtml?id=" + system));
            browser.find("#fold").click();
            browser.find("#leave button").click();
            browser.open(url("/systems.xhtml"));
            assertTrue(browser.url().contains("/login.xhtml"), browser.url());
        }
    }

    @Test
    void aDeedIsDoneOnceAndSaid() throws IOException {
        Cranny source = realm.source();
        long system = number(source);
        try (Browser browser = new Browser(realm.emptyFolder("browser"))) {
            logIn(browser);
            browser.open(url("/system.xhtml?id=" + system));
            browser.clickTwice("button[value=back-up]");
            Await.until("what was done is said", Duration.ofSeconds(30), () -> browser.has(".note.good"));
            assertTrue(
                    browser.texts(".note.good").get(0).contains("will be backed up"),
                    browser.texts("main").toString());
            browser.open(browser.url());
            assertFalse(browser.has(".note.good"));
            assertEquals(1, jobs(system).size());
            browser.type("#owner-mail", "ann@example.org");
            browser.find("button[value=owner]").click();
            assertEquals("ann@example.org", browser.find("#owner-mail").getAttribute("value"));
            browser.type("#owner-mail", "nobody");
            browser.find("button[value=owner]").click();
            assertTrue(browser.has(".note.bad"));
            browser.open(url("/job.xhtml?id=" + jobs(system).get(0)));
            browser.find("button[value=cancel]").click();
            assertTrue(
                    browser.find("h1").getText().contains("was stopped"),
                    browser.find("h1").getText());
            browser.open(url("/no-such-page.xhtml"));
            assertTrue(browser.find("h1").getText().contains("nothing at this address"));
            browser.open(url("/system.xhtml?id=999999"));
            assertTrue(browser.find("h1").getText().contains("nothing at this address"));
        }
    }

    private void visit(Browser browser, String name, String address, List<String> wrong) {
        browser.complaints();
        browser.open(url(address));
        if (browser.url().contains("login.xhtml")) {
            wrong.add(name + " is the login page");
            return;
        }
        List<String> sentences = browser.texts("h1");
        if (sentences.size() != 1 || sentences.get(0).isBlank()) {
            wrong.add(name + " begins with " + sentences + " " + browser.texts("body"));
            return;
        }
        browser.picture(picture(name));
        browser.complaints().forEach(each -> wrong.add(name + ": " + each));
        browser.barriers().forEach(each -> wrong.add(name + ": " + each));
        if (browser.script("return window.ran") != null) {
            wrong.add(name + " ran a script that came in a name");
        }
        Object wider =
                browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (!wider.equals(0L)) {
            wrong.add(name + " is wider than the window by " + wider);
        }
    }

    private void logIn(Browser browser, String role) {
        browser.show(1280, 900, false);
        browser.open(url("/"));
        browser.logIn(role, Staff.password(role));
        browser.complaints();
    }

    private void logIn(Browser browser) {
        ClusterStatus.Central central = realm.status().central();
        browser.show(1280, 900, false);
        browser.open(url("/"));
        browser.picture(picture("login"));
        assertEquals(List.of(), browser.barriers());
        browser.logIn(central.user(), central.password());
        assertTrue(
                browser.find("h1").getText().contains("protected"),
                browser.find("h1").getText());
        browser.complaints();
    }

    /** A slash goes to the search, which finds machines. */
    private void searchByKey(Browser browser) {
        browser.show(1280, 900, false);
        browser.open(url("/jobs.xhtml"));
        browser.find("body").sendKeys("/");
        assertEquals("find", browser.script("return document.activeElement.id"));
        browser.find("#find").sendKeys("daemon-1\n");
        Await.until(
                "the search shows", Duration.ofSeconds(20), () -> browser.url().contains("find=daemon-1"));
        assertEquals(List.of("daemon-1"), browser.texts("a.main"));
        assertNull(browser.script("return window.ran"));
    }

    private Map<String, String> pages(long system, long host, long job, Path tree, List<String> snapshots) {
        String place = "?system=" + system + "&snapshot=" + snapshots.get(0) + "&path=" + encoded(tree.toString());
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/overview.xhtml");
        pages.put("systems", "/systems.xhtml");
        pages.put("systems-none", "/systems.xhtml?find=" + encoded(HOSTILE.get(1)));
        pages.put("source", "/system.xhtml?id=" + system);
        pages.put("host", "/system.xhtml?id=" + host + "&plan=drain");
        pages.put("install", "/install.xhtml");
        pages.put("versions", "/versions.xhtml");
        pages.put("backups", "/backups.xhtml");
        pages.put("calendar", "/backups.xhtml?system=" + system);
        pages.put("browse", "/browse.xhtml" + place);
        pages.put("search", "/browse.xhtml" + place + "&name=ran");
        pages.put("file", "/file.xhtml" + place + encoded("/" + HOSTILE.get(1)));
        pages.put(
                "differences",
                "/differences.xhtml?system=" + system + "&from=" + snapshots.get(1) + "&to=" + snapshots.get(0));
        pages.put("restore", "/restore.xhtml" + place + encoded("/" + HOSTILE.get(2)));
        pages.put("recovery", "/recovery.xhtml");
        pages.put("recover-1", "/recover.xhtml");
        pages.put("recover-2", "/recover.xhtml?system=" + system);
        pages.put("recover-3", "/recover.xhtml?system=" + system + "&snapshot=" + snapshots.get(0));
        for (String where : List.of("archive", "agent", "ssh", "token")) {
            pages.put(
                    "recover-" + where,
                    "/recover.xhtml?system=" + system + "&snapshot=" + snapshots.get(0) + "&where=" + where);
        }
        pages.put("policies", "/policies.xhtml?patterns=" + encoded("*.tmp\n[x") + "&paths=" + encoded("/a.tmp"));
        pages.put("policy", "/policy.xhtml?scope=system&name=" + system);
        pages.put("policy-document", "/policy.xhtml?scope=company&name=default&as=document");
        pages.put("jobs", "/jobs.xhtml");
        pages.put("job", "/job.xhtml?id=" + job);
        pages.put("master-file", "/master-file.xhtml?version=2");
        pages.put("log", "/log.xhtml");
        pages.put("settings", "/settings.xhtml");
        return pages;
    }

    private Path hostileTree() {
        Path tree = realm.emptyFolder("names");
        for (String name : HOSTILE) {
            Contents.text(tree.resolve(name), name);
        }
        return tree;
    }

    /** A job that waits: this source has no agent. */
    private long job(long system) throws IOException {
        String order = "{\"kind\":\"RESTORE\",\"order\":{\"snapshot\":\"latest\",\"target\":\"/tmp/x\",\"safe\":false,"
                + "\"overwrite\":false},\"paths\":[\"/<img src=x onerror=window.ran=1>\"],\"reason\":\"<b>why\"}";
        return Caller.body(realm.administrator().post(realm.api("/systems/" + system + "/jobs"), order))
                .asJsonObject()
                .getJsonNumber("id")
                .longValue();
    }

    private List<Long> jobs(long system) throws IOException {
        return realm.administrator().json(realm.api("/jobs?system=" + system)).asJsonArray().stream()
                .map(each -> each.asJsonObject().getJsonNumber("id").longValue())
                .toList();
    }

    private List<String> snapshots(long system) throws IOException {
        return realm.administrator().json(realm.api("/systems/" + system + "/snapshots")).asJsonArray().stream()
                .map(each -> each.asJsonObject().getString("snapshot"))
                .toList();
    }

    private long number(Cranny source) throws IOException {
        String name = source.home().getFileName().toString();
        return realm.administrator().json(realm.api("/systems")).asJsonArray().stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getString("name").equals(name))
                .mapToLong(each -> each.getJsonNumber("number").longValue())
                .max()
                .orElseThrow();
    }

    private String url(String path) {
        return realm.status().central().url() + path;
    }

    private Path picture(String name) {
        return realm.repository().resolve("system-tests/target/screenshots").resolve(name + ".png");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
