package org.cranny.client.window;

import static org.cranny.client.window.Screenful.awaitText;
import static org.cranny.client.window.Screenful.find;
import static org.cranny.client.window.Screenful.on;
import static org.cranny.client.window.Screenful.picture;
import static org.cranny.client.window.Screenful.press;
import static org.cranny.client.window.Screenful.the;
import static org.cranny.client.window.Screenful.type;
import static org.cranny.client.window.Screenful.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JDialog;
import javax.swing.JList;
import javax.swing.JTree;
import org.cranny.client.agent.Ending;
import org.cranny.client.desktop.DesktopAnswers;
import org.cranny.client.desktop.DesktopSocket;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.guest.Held;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.StubHost;
import org.cranny.client.stub.TestRealm;
import org.cranny.protocol.job.AgentHold;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real window on a screen, against hosts over real TLS. */
class OwnersWindowTest {
    private static final String WHOLE_PATH = "Documents/Letters/to-ann.txt";

    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private StubCentral central;
    private StubHost first;
    private StubHost second;
    private Path owner;
    private Path documents;
    private Optional<Path> agent = Optional.empty();
    private Optional<Installed> installed = Optional.empty();
    private OwnersWindow window;

    @BeforeEach
    void start() throws Exception {
        assumeFalse(
                GraphicsEnvironment.isHeadless(),
                "there is no screen: run it under xvfb-run, with Debian's openjdk-17-jre");
        central = StubCentral.start(realm);
        first = StubHost.start(realm.machine(2));
        second = StubHost.start(realm.machine(3));
        central.masterFile(realm.masterFile(
                        1,
                        Map.of(
                                2L,
                                TestRealm.hostLine(2, first.url().toString()),
                                3L,
                                TestRealm.hostLine(3, elsewhere(second))))
                .text());
        // Pictures show a path that people could have.
        String pictures = System.getProperty("cranny.pictures", "");
        owner = pictures.isEmpty() ? folder : Path.of(pictures).toAbsolutePath().getParent();
        documents = Files.createDirectories(owner.resolve("Documents"));
        Files.createDirectories(documents.resolve("Letters"));
        Files.createDirectories(documents.resolve("Pictures"));
        Files.writeString(owner.resolve(WHOLE_PATH), "Dear Ann,\n");
        Files.writeString(documents.resolve("Letters/to-bob.txt"), "Dear Bob,\n");
        Files.writeString(documents.resolve("Taxes 2025.ods"), "1,2,3\n".repeat(2_000));
        byte[] noise = new byte[2_400_000];
        new Random(1).nextBytes(noise);
        Files.write(documents.resolve("Pictures/harbour.jpg"), noise);
    }

    @AfterEach
    void stop() {
        if (window != null) {
            on(() -> {
                window.close();
                return true;
            });
        }
        if (central != null) {
            central.close();
            first.close();
            second.close();
        }
    }

    /** At another address, as far as anybody can tell. */
    private static String elsewhere(StubHost host) {
        return host.url().toString().replace("127.0.0.1", "localhost");
    }

    private void open() throws IOException {
        window = OwnersWindow.opened(
                Home.at(folder.resolve("home")),
                agent,
                new OwnersWindow.Me("lap-ann", "1.0", installed, "home"),
                thrown -> new Ending(
                        1,
                        thrown instanceof InterruptedException
                                ? "It was stopped."
                                : String.valueOf(thrown.getMessage())),
                Clock.systemDefaultZone(),
                Theme.LIGHT);
    }

    /** Of everything that is in sight, in both themes and two widths. */
    private void pictures(String name) throws Exception {
        if (System.getProperty("cranny.pictures", "").isEmpty()) {
            return;
        }
        for (Theme theme : Theme.values()) {
            for (Dimension size : List.of(new Dimension(720, 480), new Dimension(1100, 700))) {
                on(() -> {
                    theme.wear();
                    window.frame().setSize(size);
                    window.frame().validate();
                    return true;
                });
                until("it is that wide", () -> window.frame().getWidth() == size.width);
                picture(window.frame(), name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + size.width);
            }
        }
        on(() -> {
            Theme.LIGHT.wear();
            return true;
        });
    }

    private void enroll() throws Exception {
        type(
                "welcome.link",
                "cranny enroll " + central.peopleUrl() + " --token " + StubCentral.TOKEN + " --ca-fingerprint "
                        + realm.fingerprint());
        press("welcome.enroll");
        awaitText("home.sentence", "Nothing is backed up yet.");
    }

    private void choose() throws Exception {
        press("home.choose");
        the(JList.class, "folders.list");
        on(() -> {
            find(FoldersView.class, "view.folders").orElseThrow().add(List.of(documents));
            return true;
        });
        awaitText("folders.sentence", "This folder is backed up.");
        press("nav.home");
    }

    private void backUp() throws Exception {
        press("backup.now");
        awaitText("home.sentence", "Everything is backed up.");
        awaitText("home.detail", "on 2 machines.");
        awaitText("home.done", "4 files");
    }

    @Test
    void anOwnerEnrollsBacksUpAndBringsAFileBack() throws Exception {
        open();
        until("the first view is there", () -> find(WelcomeView.class, "view.welcome")
                .isPresent());
        pictures("welcome");
        enroll();
        pictures("nothing");
        choose();
        backUp();
        Files.writeString(owner.resolve(WHOLE_PATH), "Dear Ann, no.\n");
        backUp();
        pictures("home");
        assertEquals(first.kept().keySet(), second.kept().keySet());
        press("nav.folders");
        awaitText("folders.sentence", "This folder is backed up.");
        pictures("folders");
        press("nav.places");
        awaitText("places.sentence", "Your newest backup is on 2 machines.");
        pictures("places");

        Files.delete(owner.resolve(WHOLE_PATH));
        press("nav.files");
        select("Letters");
        select("to-ann.txt");
        until("its past is there", () -> find(JList.class, "files.versions")
                .filter(list -> list.getModel().getSize() == 2)
                .isPresent());
        JList<?> versions = the(JList.class, "files.versions");
        on(() -> {
            versions.setSelectedIndex(1);
            return true;
        });
        pictures("files");
        press("files.restore");
        wizard("restore-where");
        Path target = folder.resolve("back");
        type("restore.folder", target.toString());
        press("restore.next");
        awaitText("restore.preview", "1 file, 10 B, would be in " + target);
        assertFalse(Files.exists(target), "nothing is written before it was asked for");
        wizard("restore-preview");
        press("restore.next");
        awaitText("restore.result", "1 file, 10 B, in " + target);
        wizard("restore-done");
        Path back = target.resolve(Path.of("/").relativize(owner.resolve(WHOLE_PATH)));
        assertEquals("Dear Ann,\n", Files.readString(back));
        press("restore.close");
        press("nav.theme");
        until("it is dark", () -> Theme.worn() == Theme.DARK);
        until("that is kept", () -> Theme.kept(Home.at(folder.resolve("home")))
                .filter(kept -> kept == Theme.DARK)
                .isPresent());
    }

    @Test
    void aBackupIsStoppedAndSaysSo() throws Exception {
        open();
        enroll();
        choose();
        first.getStuck();
        second.getStuck();
        press("backup.now");
        awaitText("backup.progress", "Backing up: ");
        pictures("running");
        press("backup.cancel");
        awaitText("home.trouble", "It was stopped.");
        press("backup.now");
        press("backup.cancel");
        until("it can be started again", () -> find(JButton.class, "backup.now")
                .filter(Component::isEnabled)
                .isPresent());
        assertEquals(Map.of(), first.kept());
    }

    @Test
    void anOwnerPausesAndSaysHowMuchBackupsMayTake() throws Exception {
        open();
        enroll();
        choose();
        Home home = Home.at(folder.resolve("home"));
        press("pause");
        press("pause.hour");
        awaitText("home.hold", "Paused until ");
        pictures("paused");
        OwnPause pause = new OwnPause(home, Clock.systemUTC());
        assertEquals(
                AgentHold.PAUSED, Held.of(home, Clock.systemUTC()).orElseThrow().kind());
        press("pause.end");
        until("it can be paused again", () -> find(JButton.class, "pause").isPresent());
        assertEquals(Optional.empty(), pause.now());

        press("nav.settings");
        pictures("settings");
        select("settings.upload", new SettingsView.Rate(1_000_000));
        select("settings.BATTERY", new SettingsView.Choice(OwnHolds.Answer.NEVER));
        until(
                "the window wrote it",
                () -> new OwnHolds(home).kept().get(OwnHolds.Cause.BATTERY) == OwnHolds.Answer.NEVER);
        assertEquals(new OwnRates.Rates(1_000_000, 0), new OwnRates(home).kept());
        new OwnRates(home).keep(new OwnRates.Rates(3_000_000, 0));
        JComboBox<?> upload = the(JComboBox.class, "settings.upload");
        until("what the command line sets is shown", () -> new SettingsView.Rate(3_000_000)
                .equals(upload.getSelectedItem()));
    }

    private static void select(String name, Object choice) throws Exception {
        JComboBox<?> box = the(JComboBox.class, name);
        on(() -> {
            box.setSelectedItem(choice);
            return true;
        });
    }

    @Test
    void whoeverCannotOpenTheHomeAsksItsAgent() throws Exception {
        Home home = Home.at(folder.resolve("roots"));
        new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(new Enrollment.Order(
                        central.peopleUrl(), StubCentral.TOKEN, Fingerprint.parse(realm.fingerprint()), "lap-ann"));
        DesktopAnswers answers =
                new DesktopAnswers(home, Clock.systemDefaultZone(), failure -> 1, Throwable::getMessage);
        Path file = folder.resolve("agent.sock");
        try (DesktopSocket door = DesktopSocket.open(file, System.getProperty("user.name"), answers, line -> {})) {
            assertNotNull(door);
            agent = Optional.of(file);
            open();
            awaitText("home.sentence", "Nothing is backed up yet.");
            choose();
            backUp();
            pictures("agent");
            Files.delete(owner.resolve(WHOLE_PATH));
            press("nav.files");
            select("Letters");
            select("to-ann.txt");
            until("its past is there", () -> find(JList.class, "files.versions")
                    .filter(list -> list.getModel().getSize() == 1)
                    .isPresent());
            pictures("agent-files");
            press("files.restore");
            Path target = folder.resolve("back");
            type("restore.folder", target.toString());
            press("restore.next");
            awaitText("restore.preview", "1 file, 10 B, would be in " + target);
            press("restore.next");
            awaitText("restore.result", "1 file, 10 B, in " + target);
            Path back = target.resolve(Path.of("/").relativize(owner.resolve(WHOLE_PATH)));
            assertEquals("Dear Ann,\n", Files.readString(back));
            press("restore.close");
            press("nav.home");
            press("pause");
            press("pause.tomorrow");
            awaitText("home.hold", "Paused until tomorrow at 06:00.");
            assertTrue(Held.of(home, Clock.systemUTC()).orElseThrow().all());
        }
        awaitText("home.trouble", "systemctl start cranny-agent");
    }

    @Test
    void saysWhyNothingCanBeRead() throws Exception {
        open();
        enroll();
        Files.writeString(folder.resolve("home/config.json"), "{}");
        awaitText("home.trouble", "config.json is damaged");
    }

    @Test
    void nobodyIsTrustedBecauseHeCameFirst() throws Exception {
        open();
        type(
                "welcome.link",
                central.peopleUrl() + "/#token=" + StubCentral.TOKEN + "&ca-fingerprint=" + "00".repeat(32));
        press("welcome.enroll");
        awaitText("welcome.trouble", "fingerprint");
        pictures("refused");
        assertEquals(List.of(), central.seen(), "the token was kept");
        type("welcome.fingerprint", "12");
        press("welcome.enroll");
        awaitText("welcome.trouble", "64 hexadecimal digits");
        type("welcome.fingerprint", realm.fingerprint());
        type("welcome.token", "guessed");
        press("welcome.enroll");
        awaitText("welcome.trouble", "There is no such token");
        assertFalse(Home.at(folder.resolve("home")).enrolled());
    }

    @Test
    void whoSignsInNeedsNothingThatWasSent() throws Exception {
        open();
        type("welcome.link", central.peopleUrl() + "/#ca-fingerprint=" + "00".repeat(32));
        type("welcome.user", "ann");
        type("welcome.password", "correct horse");
        pictures("sign-in");
        press("welcome.enroll");
        awaitText("welcome.trouble", "fingerprint");
        assertEquals(List.of(), central.seen(), "the password was kept");
        type("welcome.fingerprint", realm.fingerprint());
        type("welcome.password", "wrong");
        press("welcome.enroll");
        awaitText("welcome.trouble", "Name or password are wrong");
        type("welcome.password", "correct horse");
        press("welcome.enroll");
        awaitText("home.sentence", "Nothing is backed up yet.");
        assertTrue(Home.at(folder.resolve("home")).enrolled());
    }

    @Test
    void anotherVersionIsSaidAndTakesThisOnesPlace() throws Exception {
        Path program = Files.createDirectories(folder.resolve("package/bin")).resolve("cranny");
        Path started = folder.resolve("started");
        Files.writeString(program, "#!/bin/sh\necho \"$*\" >" + started + ".new && mv " + started + ".new " + started);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path version = Files.writeString(folder.resolve("package/VERSION"), "1.0\n");
        installed = Optional.of(new Installed(folder.resolve("package"), "1.0", List.of("window")));
        open();
        enroll();
        press("nav.places");
        Files.writeString(version, "1.1\n");
        awaitText("outdated", "Cranny 1.1 is installed; 1.0 runs here.");
        pictures("outdated");
        press("outdated.again");
        until("it was started", () -> Files.exists(started));
        assertEquals("window --view places", Files.readString(started).strip());
        until("this one is gone", () -> !window.frame().isDisplayable());
    }

    private void wizard(String name) throws Exception {
        JDialog dialog = the(JDialog.class, "restore");
        if (System.getProperty("cranny.pictures", "").isEmpty()) {
            return;
        }
        for (Theme theme : List.of(Theme.DARK, Theme.LIGHT)) {
            on(() -> {
                theme.wear();
                return true;
            });
            picture(dialog, name + "-" + theme.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Selects the row that says so, once it is there, and opens it. */
    private void select(String words) throws Exception {
        JTree tree = the(JTree.class, "files.tree");
        until(words + " is in the tree", () -> row(tree, words) >= 0);
        on(() -> {
            tree.setSelectionRow(row(tree, words));
            tree.expandRow(row(tree, words));
            return true;
        });
    }

    private static int row(JTree tree, String words) {
        for (int row = 0; row < tree.getRowCount(); row++) {
            if (tree.getPathForRow(row).getLastPathComponent().toString().equals(words)) {
                return row;
            }
        }
        return -1;
    }
}
