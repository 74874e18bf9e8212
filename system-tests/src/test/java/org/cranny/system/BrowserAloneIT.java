package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine's life from the browser alone: its policy, its backups, an older version, its loss, and who may see it. */
@LongForm
@ExtendWith(SharesRealm.class)
class BrowserAloneIT {
    private static final Duration MINUTES = Duration.ofMinutes(4);
    private static final DateTimeFormatter CRON = DateTimeFormatter.ofPattern("m H");
    private static final long BIG = 256L << 20;

    private final Realm realm;
    private String properties;
    private Browser browser;
    private Background agent;
    private Background spareAgent;

    BrowserAloneIT(Realm realm) {
        this.realm = realm;
    }

    /** A second person has to give leave, as in a company with more than one administrator. */
    @BeforeEach
    void askForASecondPerson() throws IOException {
        properties = Files.readString(settings());
        restartCentral(properties + "\ncranny.approval.rule=second-person\n");
        browser = new Browser(realm.emptyFolder("browser"));
        browser.show(1280, 900, false);
    }

    @AfterEach
    void goBack() throws Exception {
        browser.close();
        for (Background each : new Background[] {agent, spareAgent}) {
            if (each != null) {
                each.kill();
            }
        }
        restartCentral(properties);
    }

    @Test
    void aMachineIsBackedUpBroughtBackAndLostAndRecovered() throws Exception {
        Path tree = realm.emptyFolder("tree");
        Path report = Contents.text(tree.resolve("report.txt"), "first");
        Contents.noise(tree.resolve("noise"), BIG, 81);
        Cranny source = realm.source();
        long system = number(source);
        agent = Background.start(source.commandLine("agent"));
        logIn("administrator");

        setPolicy(system, tree);
        seeItRun(source.home().getFileName().toString());
        awaitJobs(system, 1);

        Contents.text(report, "second version");
        browser.open(url("/system.xhtml?id=" + system));
        browser.find("button[value=back-up]").click();
        awaitJobs(system, 2);

        Path old = realm.emptyFolder("old");
        bringBackTheOlderVersion(system, report, old);
        awaitJobs(system, 3);
        assertEquals("first", Files.readString(Claims.below(old, report)));

        agent.kill();
        Command.run(Path.of("/"), List.of("rm", "-rf", source.home().toString()), Map.of());
        Cranny spare = realm.source();
        Path target = realm.emptyFolder("spare");
        long number = number(spare);
        spareAgent = Background.start(spare.commandLine("agent"));
        recover(system, number, target);
        awaitJobs(number, 1);
        assertEquals("second version", Files.readString(Claims.below(target, report)));
        assertEquals(-1, Files.mismatch(tree.resolve("noise"), Claims.below(target, tree.resolve("noise"))));

        logOut();
        anotherOwnerIsRefused(system);
    }

    /** By the form, a minute or two ahead. */
    private void setPolicy(long system, Path tree) {
        browser.open(url("/policy.xhtml?scope=system&name=" + system));
        browser.type("#m-paths", tree.toString());
        Instant due = Instant.now().plusSeconds(90);
        browser.type("#m-schedule-times", CRON.format(due.atOffset(ZoneOffset.UTC)) + " * * *");
        browser.find("#policy button[value=set]").click();
        assertTrue(
                browser.texts(".note.good").toString().contains("is set"),
                browser.texts("main").toString());
        assertTrue(
                browser.texts("#preview li").get(0).startsWith("in "),
                browser.texts("#preview").toString());
    }

    /** On the overview, without a reload. */
    private void seeItRun(String machine) {
        browser.open(url("/overview.xhtml"));
        browser.script("window.stayed = true");
        Await.until(
                "its progress is seen",
                MINUTES,
                () -> running().contains(machine) && running().contains("MB"));
        Await.until("its end is seen", MINUTES, () -> !running().contains(machine));
        assertEquals(true, browser.script("return window.stayed"));
    }

    /** At one instant: the list changes by itself. */
    private String running() {
        return String.valueOf(browser.script("return document.getElementById('running').innerText"));
    }

    private void bringBackTheOlderVersion(long system, Path report, Path target) {
        browser.open(url("/file.xhtml?system=" + system + "&path="
                + URLEncoder.encode(report.toString(), StandardCharsets.UTF_8)));
        assertEquals(2, browser.texts("td.thin a.button").size());
        browser.find("tbody tr:last-child td.thin a.button").click();
        browser.type("#target", target.toString());
        browser.find("#restore button[type=submit]").click();
        assertTrue(browser.url().contains("/job.xhtml"), browser.url());
    }

    private void recover(long system, long spare, Path target) {
        browser.open(url("/recover.xhtml?system=" + system));
        browser.find(".ways a").click();
        browser.find(".ways li:nth-child(2) a").click();
        browser.find("#agent option[value='" + spare + "']").click();
        browser.type("#target", target.toString());
        browser.type("#why", "its disk died");
        browser.find("#go button[type=submit]").click();
        assertTrue(
                browser.texts("main").toString().contains("Waits for leave"),
                browser.texts("main").toString());
        assertTrue(!browser.has("button[name=give]"), "nobody gives leave to himself");
        logOut();
        logIn("recovery-officer");
        browser.open(url("/recovery.xhtml"));
        browser.find("button[name=give]").click();
        logOut();
        logIn("administrator");
        browser.open(url("/recovery.xhtml"));
        browser.find("button[name=tell]").click();
        assertTrue(browser.has(".note.good"), browser.texts("main").toString());
    }

    private void anotherOwnerIsRefused(long system) throws IOException {
        logIn("owner");
        browser.open(url("/system.xhtml?id=" + system));
        assertEquals(List.of("This account may not see that."), browser.texts("h1"));
        int status = Caller.administrator(realm.status().caFingerprint(), "owner", Staff.password("owner"))
                .send(HttpRequest.newBuilder(URI.create(realm.api("/systems/" + system + "/snapshots"))))
                .statusCode();
        assertEquals(403, status);
        List<String> log = realm.administrator().json(realm.api("/log?limit=1000")).asJsonArray().stream()
                .map(each -> each.asJsonObject().getString("action") + " "
                        + each.asJsonObject().getString("subject"))
                .toList();
        assertTrue(log.contains("refused page /system.xhtml of another owner"), log::toString);
        assertTrue(log.stream().anyMatch(line -> line.startsWith("refused System")), log::toString);
    }

    private void awaitJobs(long system, int count) {
        Await.until(count + " jobs are done", MINUTES, () -> {
            try {
                return realm.administrator()
                                .json(realm.api("/jobs?state=DONE&system=" + system))
                                .asJsonArray()
                                .size()
                        >= count;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private void logIn(String role) {
        browser.open(url("/"));
        browser.logIn(role, Staff.password(role));
    }

    private void logOut() {
        browser.open(url("/"));
        browser.find("#leave button").click();
    }

    private void restartCentral(String text) throws IOException {
        realm.cluster().killCentral();
        Files.writeString(settings(), text);
        realm.cluster().startCentral();
    }

    private Path settings() {
        return realm.status().central().home().resolve("central.properties");
    }

    private static long number(Cranny source) throws IOException {
        return Json.object(Files.readString(source.home().resolve("config.json")))
                .getJsonNumber("system")
                .longValue();
    }

    private String url(String path) {
        return realm.status().central().url() + path;
    }
}
