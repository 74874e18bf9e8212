package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A new administrator's first day: from central's package on one machine to three others that are protected and a file
 * that is back, by nothing but what screens say. Each step prints when it was done and leaves a picture.
 */
@LongForm
class FirstDayIT {
    private static final Path REPOSITORY = Path.of(System.getProperty("cranny.root"));
    private static final List<String> NAMES = List.of("pc-1", "pc-2", "pc-3");
    private static final String PAGES = ":8081/cranny/";
    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final String CLICK = """
            const wanted = %s;
            const all = [...document.querySelectorAll('main a, main button'), ...document.querySelectorAll('nav a')].filter(each => each.offsetParent);
            const found = all.find(each => each.textContent.trim() === wanted);
            if (!found) { return all.map(each => each.textContent.trim()).join(' | '); }
            found.click();
            return null;
            """;

    private final Path folder = REPOSITORY.resolve(
            "system-tests/target/first-day-" + ProcessHandle.current().pid());
    private final Path pictures = REPOSITORY.resolve("system-tests/target/first-day");
    private final OfficeNetwork network = OfficeNetwork.make(Realm.PORT_BASE / 1000);
    private final List<BareMachine> machines = new ArrayList<>();
    private final Path key = folder.resolve("key");
    private BareMachine central;
    private Browser browser;
    private long began;
    private int step;

    @AfterEach
    void end() {
        if (browser != null) {
            browser.close();
        }
        machines.forEach(BareMachine::close);
        network.close();
        Command.run(REPOSITORY, List.of("rm", "-rf", "--one-file-system", folder.toString()), Map.of());
    }

    @Test
    void fromNothingToAProtectedMachineAndAFileThatIsBack() throws Exception {
        prepare();
        began = System.nanoTime();
        did("dpkg --install cranny-central_*.deb", central.run(key, "dpkg --install /root/cranny-central_*.deb"));
        Command.Outcome setup = central.run(key, "cranny-central setup --name central");
        did("cranny-central setup", setup);
        assertTrue(setup.output().contains("Next: systemctl enable --now cranny-central"), setup::output);
        assertTrue(setup.output().contains("linux-ARCH.tar.gz into /var/lib/cranny-packages"), setup::output);
        did("programs for others", central.run(key, "cp /root/cranny-*linux*.tar.gz /var/lib/cranny-packages/"));
        did("systemctl enable --now cranny-central", central.run(key, "systemctl enable --now cranny-central"));

        String password = central.run(key, "cat /var/lib/cranny-central/secrets/admin-password")
                .lastLine();
        logIn(password + "x");
        assertEquals("login:password", browser.script("return document.activeElement.id"));
        seen("a wrong password");
        logIn(password);
        assertEquals("No machine is backed up yet.", browser.find("h1").getText());
        seen("logged in");

        click("Install on machines");
        browser.type("#targets", String.join("\n", NAMES));
        String hostKeys = central.run(key, "ssh-keyscan -t ed25519 " + String.join(" ", NAMES) + " 2>/dev/null")
                .output();
        browser.type("#knownHosts", hostKeys);
        browser.type("#key", Files.readString(key));
        browser.type("#quota", "4G");
        seen("the form");
        click("Install");
        Await.until("it is being installed", Duration.ofSeconds(20), () -> browser.has(".bar"));
        seen("it is being installed");
        browser.close();
        openBrowser();
        logIn(password);
        click("Install");
        click("Lending space and being backed up on 3 machines");
        Await.until("they are at work", PATIENCE, () -> !browser.has("#machines .bar"));
        seen("they are installed");
        assertEquals(
                NAMES.stream().map(each -> "At work").collect(Collectors.toList()),
                browser.texts("#machines td:nth-child(2)"));

        click("Overview");
        seen("hosts are there");
        click("Write the company’s policy");
        seen("the proposed policy");
        click("Save");
        seen("the policy is saved");

        click("Overview");
        click("Choose a machine");
        click("pc-1");
        click("Back up now");
        seen("a backup is asked for");
        awaitOnPage("pc-1 is protected", "pc-1 is protected.");
        seen("pc-1 is protected");

        browser.find("#content table.rows a.main").click();
        click("etc/");
        click("hostname");
        seen("a file");
        click("Bring this back …");
        browser.type("#target", "/root/back");
        seen("about to bring it back");
        click("Bring it back");
        BareMachine first = machines.get(1);
        Await.until(
                "the file is back",
                PATIENCE,
                () -> first.run(key, "cmp /etc/hostname /root/back/etc/hostname")
                                .exit()
                        == 0);
        seen("the file is back");
        click("Overview");
        seen("the overview");
        assertEquals(List.of(), browser.complaints());
    }

    /** Central's machine with Java and the packages in root's home, three without; names are known, as in an office. */
    private void prepare() throws Exception {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        for (String only : List.of("client", "daemon", "central")) {
            Claims.done(Command.run(
                    REPOSITORY,
                    List.of(
                            REPOSITORY.resolve("bin/package").toString(),
                            "--as-built",
                            "--only",
                            only,
                            "--into",
                            packages.toString()),
                    Map.of()));
        }
        Claims.done(Command.run(
                folder, List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), Map.of()));
        DebianRoot shared = DebianRoot.make(folder.resolve("shared"), "openssh-server", "systemd-sysv", "dbus");
        DebianRoot withJava = DebianRoot.make(folder.resolve("with-java"), "openssh-server", "systemd-sysv", "dbus");
        Assumptions.assumeTrue(
                withJava.run(
                                        "apt-get",
                                        "-q",
                                        "install",
                                        "-y",
                                        "--no-install-recommends",
                                        "openjdk-17-jre-headless",
                                        "openssl",
                                        "adduser")
                                .exit()
                        == 0,
                "apt cannot reach its mirror");
        try (Stream<Path> all = Files.list(packages)) {
            for (Path each :
                    all.filter(file -> !file.toString().endsWith(".sig")).toList()) {
                Files.copy(each, withJava.file("/root/" + each.getFileName()));
            }
        }
        central = machine(withJava, "central");
        StringBuilder names = new StringBuilder(central.target() + " central\\n");
        for (String name : NAMES) {
            names.append(machine(shared, name).target())
                    .append(' ')
                    .append(name)
                    .append("\\n");
        }
        for (BareMachine each : machines) {
            Claims.done(each.run(key, "printf '" + names + "' | grep -v ' " + each.name() + "$' >>/etc/hosts"));
        }
        openBrowser();
    }

    private BareMachine machine(DebianRoot root, String name) throws IOException {
        BareMachine machine = BareMachine.start(
                root,
                Files.createDirectories(folder.resolve(name)),
                name,
                network.seat(),
                BareMachine.Init.SYSTEMD,
                "",
                folder.resolve("key.pub"));
        machines.add(machine);
        return machine;
    }

    private void openBrowser() throws IOException {
        browser = new Browser(Files.createTempDirectory(folder, "browser"));
        browser.show(1280, 900, false);
    }

    private void logIn(String password) {
        browser.open("https://" + central.target() + PAGES);
        browser.type("#login\\:name", "admin");
        browser.type("#login\\:password", password);
        browser.find("#login\\:enter").click();
    }

    /** Follows the link or presses the button that says this. */
    private void click(String words) {
        Object others = browser.script(String.format(Locale.ROOT, CLICK, jakarta.json.Json.createValue(words)));
        assertEquals(null, others, words);
    }

    private void awaitOnPage(String what, String headline) {
        String page = browser.url();
        Await.until(what, PATIENCE, () -> {
            browser.open(page);
            return browser.find("h1").getText().startsWith(headline);
        });
    }

    private void did(String what, Command.Outcome outcome) {
        Claims.done(outcome);
        tell(what);
    }

    private void seen(String what) {
        tell(what);
        browser.picture(pictures.resolve(String.format(Locale.ROOT, "%02d-%s.png", ++step, what.replace(' ', '-'))));
    }

    private void tell(String what) {
        System.out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }
}
