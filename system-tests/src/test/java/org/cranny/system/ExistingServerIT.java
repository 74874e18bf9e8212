package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Central put into a domain of a Payara Server that runs already, by the script of its archive, and taken out again. */
@LongForm
class ExistingServerIT {
    private static final Path REPOSITORY = Path.of(System.getProperty("cranny.root"));
    private static final Path SERVER = REPOSITORY.resolve("target/payara/payara6");
    private static final int BASE = Realm.PORT_BASE + 500;
    private static final int PEOPLE = BASE + 181;
    private static final int MACHINES = BASE + 182;
    /** Of create-domain --portbase: http-listener-2. */
    private static final String TAKEN = Integer.toString(BASE + 81);

    private static final String PAGES = "https://127.0.0.1:" + PEOPLE + "/cranny";
    private static final String POOL = "resources.jdbc-connection-pool.cranny.property.URL";

    private final Path folder = REPOSITORY.resolve(
            "system-tests/target/existing-server-" + ProcessHandle.current().pid());
    private final Path home = folder.resolve("home");

    @AfterEach
    void clear() {
        asadmin("stop-domain", "--kill=true", "--domaindir", domains(), "theirs");
        Command.run(REPOSITORY, List.of("rm", "-rf", "--one-file-system", folder.toString()), Map.of());
    }

    @Test
    void isPutThereBroughtUpToDateAndTakenOutAgain() throws Exception {
        Path script = unpacked();
        Files.writeString(folder.resolve("first"), "AS_ADMIN_PASSWORD=\nAS_ADMIN_NEWPASSWORD=their-own-word\n");
        String port = Integer.toString(BASE + 48);
        Claims.done(
                asadmin("create-domain", "--domaindir", domains(), "--portbase", "" + BASE, "--nopassword", "theirs"));
        Claims.done(asadmin("start-domain", "--domaindir", domains(), "theirs"));

        Files.writeString(folder.resolve("password"), "AS_ADMIN_PASSWORD=\n");
        Command.Outcome open = install(script);
        assertEquals(1, open.exit());
        assertTrue(open.errors().contains("opens without a password"), open::errors);
        Claims.done(asadmin(
                "--port", port, "--passwordfile", folder.resolve("first").toString(), "change-admin-password"));

        Files.writeString(folder.resolve("password"), "AS_ADMIN_PASSWORD=their-own-word\n");

        Command.Outcome taken = install(script, "--people-port", TAKEN);
        assertEquals(2, taken.exit());
        assertTrue(taken.errors().contains(TAKEN + " is taken by the domain's own http-listener-2"), taken::errors);

        Command.Outcome dry = install(script, "--dry-run");
        Claims.done(dry);
        assertTrue(dry.errors().contains("Nothing was changed"), dry::errors);
        assertFalse(Files.exists(home), "a dry run made a realm");

        Command.Outcome installed = install(script);
        Claims.done(installed);
        answersAs(installed);
        Command.Outcome again = install(script);
        Claims.done(again);
        assertTrue(again.errors().contains("Nothing is to be changed"), again::errors);

        String words = ofTheDomain(POOL);
        assertTrue(words.contains("DB_CLOSE_DELAY=-1"), words);
        Claims.done(theirs("set", POOL + "=jdbc:h2:file:${cranny.home}/database/central;WRITE_DELAY=0"));
        Command.Outcome newer = install(script);
        Claims.done(newer);
        assertTrue(newer.errors().contains(words), newer::errors);
        assertEquals(words, ofTheDomain(POOL));
        answersAs(newer);

        Claims.done(install(script, "--remove"));
        assertEquals("", ofTheDomain(POOL));
        assertEquals(
                "",
                theirs("list-applications")
                        .output()
                        .replace("Nothing to list.", "")
                        .strip());
        assertTrue(Files.isRegularFile(home.resolve("realm-keys")), "the realm went");
    }

    private Path unpacked() throws IOException {
        Files.createDirectories(folder);
        Claims.done(Command.run(
                REPOSITORY,
                List.of(
                        REPOSITORY.resolve("bin/package").toString(),
                        "--as-built",
                        "--only",
                        "ear",
                        "--into",
                        folder.toString()),
                Map.of()));
        Path archive;
        try (Stream<Path> all = Files.list(folder)) {
            archive = all.filter(each -> each.toString().endsWith("-ear.tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Claims.done(Command.run(folder, List.of("tar", "-xzf", archive.toString()), Map.of()));
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(each -> each.endsWith("install-into-payara"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String domains() {
        return folder.resolve("domains").toString();
    }

    private Command.Outcome asadmin(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(SERVER.resolve("bin/asadmin").toString(), "--terse", "--interactive=false", "--user", "admin"));
        command.addAll(List.of(arguments));
        return Command.run(folder, command, Map.of("AS_JAVA", System.getProperty("java.home")));
    }

    private Command.Outcome theirs(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--port",
                Integer.toString(BASE + 48),
                "--passwordfile",
                folder.resolve("password").toString()));
        all.addAll(List.of(arguments));
        return asadmin(all.toArray(new String[0]));
    }

    private String ofTheDomain(String name) {
        return theirs("get", name)
                .output()
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private Command.Outcome install(Path script, String... more) {
        List<String> command = new ArrayList<>(List.of(
                script.toString(),
                "--payara",
                SERVER.toString(),
                "--domaindir",
                domains(),
                "--domain",
                "theirs",
                "--admin-port",
                Integer.toString(BASE + 48),
                "--admin-password-file",
                folder.resolve("password").toString(),
                "--home",
                home.toString(),
                "--people-port",
                Integer.toString(PEOPLE),
                "--machines-port",
                Integer.toString(MACHINES),
                "--address",
                "127.0.0.1",
                "--no-questions"));
        if (!Files.exists(home)) {
            command.addAll(List.of("--name", "127.0.0.1"));
        }
        command.addAll(List.of(more));
        return Command.run(folder, command, Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    /** The script's last words are true: whoever pins what it says sees the pages, and its administrator may log in. */
    private void answersAs(Command.Outcome installed) throws IOException {
        String fingerprint = installed
                .errors()
                .lines()
                .filter(line -> line.contains("Machines pin"))
                .map(line -> line.strip().replaceAll(".* ", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError(installed.errors()));
        Caller administrator = Caller.administrator(
                fingerprint,
                "admin",
                Files.readString(home.resolve("secrets/admin-password")).strip());
        Await.until("central answers", Duration.ofMinutes(4), () -> {
            try {
                return administrator.get(PAGES + "/api/v1/systems").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        assertTrue(Caller.nobody(fingerprint).get(PAGES + "/login.xhtml").body().contains("Cranny"));
    }
}
