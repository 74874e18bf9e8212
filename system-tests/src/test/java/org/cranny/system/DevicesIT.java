package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A phone takes part through a browser, an appliance with {@code curl}; central is killed while it spreads. */
@LongForm
@ExtendWith(SharesRealm.class)
class DevicesIT {
    private static final Duration MINUTES = Duration.ofMinutes(4);
    private static final String HOSTILE = "<img src=x onerror=window.ran=1> #{7*7} 'é\".jpg";
    private static final long BIG = 200L << 20;

    private final Realm realm;
    private Browser browser;

    DevicesIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void openBrowser() {
        browser = new Browser(realm.emptyFolder("browser"));
        browser.show(1280, 900, false);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void filesAreUploadedSpreadThoughCentralIsKilledAndComeBackAsTheyWere() throws Exception {
        Path files = realm.emptyFolder("phone");
        Path film = Contents.noise(files.resolve("film.mp4"), BIG, 91);
        Path note = Contents.text(files.resolve("note.txt"), "first");
        Path hostile = Contents.noise(files.resolve(HOSTILE), 300_000, 92);
        logIn();
        long phone = addPhone();
        picture("device-empty");

        choose(note, hostile, film);
        picture("device-uploading");
        Await.until(
                "all of it is received",
                MINUTES,
                () -> browser.texts("#uploads li[data-sent=yes]").size() == 3);
        realm.cluster().killCentral();
        assertTrue(waiting(phone) > 0, "central was killed too late for this test to say anything");
        realm.cluster().startCentral();

        logIn();
        awaitKept(phone, 3);
        assertEquals(0, waiting(phone));
        assertTrue(headline().matches("All 3 files of .* are kept in [23] places\\."), headline());
        assertNull(browser.script("return window.ran || null"));
        looksRight("/device.xhtml?id=" + phone, "device");
        looksRight("/mine.xhtml", "mine-device");
        browser.open(url("/device.xhtml?id=" + phone));

        for (Path each : List.of(film, note, hostile)) {
            assertEquals(-1, Files.mismatch(each, download(each.getFileName().toString())));
        }

        Contents.text(note, "second");
        choose(note);
        Await.until("there is another version", MINUTES, () -> versions(phone) == 2);
        aForeignOwnerIsRefused(phone);
        anApplianceUploads(phone, film);
    }

    private long addPhone() {
        browser.open(url("/mine.xhtml"));
        browser.type("#device-name", "Anna’s phone");
        browser.find("#device button").click();
        assertTrue(browser.url().contains("/device.xhtml?id="), browser.url());
        return Long.parseLong(browser.url().replaceAll(".*id=", ""));
    }

    private void choose(Path... chosen) {
        browser.find("#files").sendKeys(Stream.of(chosen).map(Path::toString).collect(Collectors.joining("\n")));
    }

    /** By the page itself, which looks again and again. */
    private void awaitKept(long phone, int count) {
        browser.open(url("/device.xhtml?id=" + phone));
        Await.until(count + " files are kept", MINUTES, () -> headline().contains("kept in"));
        assertEquals(count, browser.texts("#list tbody tr").size());
    }

    private String headline() {
        return String.valueOf(browser.script("return document.querySelector('h1').innerText"));
    }

    private Path download(String name) throws IOException {
        Path folder = realm.emptyFolder("got");
        browser.downloadsTo(folder);
        browser.script("Array.from(document.querySelectorAll('#list tbody tr')).find(row =>"
                + " row.querySelector('bdi').textContent === " + Json.createValue(name)
                + ").querySelector('a[download]').click()");
        Await.until(name + " is there", MINUTES, () -> whole(folder).isPresent());
        return whole(folder).orElseThrow();
    }

    private static Optional<Path> whole(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !file.toString().endsWith(".crdownload")
                            && !file.getFileName().toString().startsWith("."))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folders in central's spool. */
    private long waiting(long phone) throws IOException {
        Path folder = realm.status().central().home().resolve("devices/" + phone + "/waiting");
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    private long versions(long phone) {
        try {
            return owner().json(realm.api("/systems/" + phone + "/versions?path=/note.txt"))
                    .asJsonArray()
                    .size();
        } catch (IOException e) {
            return -1;
        }
    }

    private void aForeignOwnerIsRefused(long phone) throws IOException {
        for (String request : List.of("", "/files", "/files/note.txt")) {
            assertEquals(
                    403,
                    Caller.administrator(realm.status().caFingerprint(), "helpdesk", Staff.password("helpdesk"))
                            .get(realm.api("/devices/" + phone + request))
                            .statusCode());
        }
        assertEquals(403, owner().get(realm.api("/devices/1/files/note.txt")).statusCode());
        Visit visit = Visit.stranger(realm, null);
        visit.logIn("owner", Staff.password("owner"));
        String here = "/device-file?name=note.txt&device=";
        assertEquals(200, visit.get(here + phone).statusCode());
        assertEquals(403, visit.get(here + 1).statusCode());
        assertEquals(403, visit.send("PUT", here + phone, "forged").statusCode());
    }

    private void anApplianceUploads(long phone, Path film) throws IOException {
        JsonObject token = object(
                owner().post(realm.api("/api-tokens"), "{\"name\":\"printer\",\"roles\":[\"owner\"],\"reading\":false}")
                        .body());
        String files = realm.api("/devices/" + phone + "/files/");
        String[] curl = {
            "curl",
            "-sS",
            "--cacert",
            realm.status().central().home().resolve("authority.pem").toString(),
            "-H",
            "Authorization: Bearer " + token.getString("token"),
            "-w",
            "%{http_code}"
        };
        Path scan = Contents.text(realm.emptyFolder("scan").resolve("scan 1.pdf"), "scan");
        assertTrue(run(curl, "-T", scan.toString(), files).endsWith("202"));
        assertTrue(run(curl, "-T", scan.toString(), files + "a%2Fb").matches("(?s).*4\\d\\d"));
        Await.until("the scan is kept", MINUTES, () -> names(phone).contains("scan 1.pdf"));
        assertTrue(run(curl, files + "scan%201.pdf").endsWith("scan200"));
        Path back = realm.emptyFolder("back").resolve("film");
        run(curl, "-o", back.toString(), files + "film.mp4");
        assertEquals(-1, Files.mismatch(film, back));
        int deleted = owner().send(
                        HttpRequest.newBuilder(URI.create(files + "note.txt")).DELETE())
                .statusCode();
        assertEquals(202, deleted);
        Await.until("the note is gone", MINUTES, () -> !names(phone).contains("note.txt"));
    }

    private List<String> names(long phone) {
        try {
            return owner()
                    .json(realm.api("/devices/" + phone + "/files"))
                    .asJsonObject()
                    .getJsonArray("files")
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .map(each -> each.getString("name"))
                    .toList();
        } catch (IOException e) {
            return List.of("note.txt");
        }
    }

    private static String run(String[] curl, String... more) {
        Command.Outcome outcome = Command.run(
                Path.of("/"), Stream.concat(Stream.of(curl), Stream.of(more)).toList(), Map.of());
        return outcome.output().strip();
    }

    private void looksRight(String page, String name) {
        browser.open(url(page));
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 360}) {
                browser.show(width, 900, dark);
                browser.fitsItsWidth(name);
                assertEquals(List.of(), browser.barriers());
                picture(name + "-" + width + (dark ? "-dark" : ""));
            }
        }
        browser.show(1280, 900, false);
    }

    private void picture(String name) {
        browser.picture(realm.repository().resolve("system-tests/target/pictures/" + name + ".png"));
    }

    private void logIn() {
        browser.open(url("/"));
        browser.logIn("owner", Staff.password("owner"));
    }

    private Caller owner() {
        return Caller.administrator(realm.status().caFingerprint(), "owner", Staff.password("owner"));
    }

    private static JsonObject object(String text) {
        return org.cranny.system.Json.object(text);
    }

    private String url(String path) {
        return realm.status().central().url() + path;
    }
}
