package org.cranny.ear;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The Payara Server under test, in the build's own folder: a copy of the distribution, central's home, and a domain that
 * is configured as in production. Arquillian starts it, deploys to it and stops it. A restart within a test is
 * {@link #stop} and {@link #start}: Arquillian's own takes the application away first, and its timers with it.
 */
final class Server {
    private static final int PORT_BASE = Integer.getInteger("cranny.test.port-base");
    static final int PEOPLE = PORT_BASE + 81;
    static final int MACHINES = PORT_BASE + 82;
    private static final int ADMINISTRATION = PORT_BASE + 48;
    private static final int PLAIN = PORT_BASE + 80;

    static final Path ROOT = Path.of(System.getProperty("cranny.test.root"));
    private static final Path FOLDER = Path.of(System.getProperty("cranny.test.server"));
    private static final Path PAYARA = FOLDER.resolve("payara");
    private static final Path DOMAIN = PAYARA.resolve("glassfish/domains/cranny");
    static final Path HOME = FOLDER.resolve("home");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static boolean used;

    private Server() {}

    /** Makes everything afresh, and tells {@code arquillian.xml} what only this run knows. */
    static void make() throws IOException {
        used = false;
        Folders.delete(FOLDER);
        Folders.link(ROOT.resolve("target/payara/payara6"), PAYARA, Path.of("glassfish/domains"));
        makeDomain();
        Person.employ(HOME);
        String password = new Domain(DOMAIN).openToArquillian(PEOPLE, PLAIN);
        System.setProperty("cranny.test.admin-port", Integer.toString(ADMINISTRATION));
        System.setProperty("cranny.test.admin-password", password);
        Files.writeString(
                FOLDER.resolve("passwords"),
                "AS_ADMIN_PASSWORD=" + password + "\nAS_ADMIN_MASTERPASSWORD=" + secret("server-password") + "\n");
    }

    /**
     * Prepares for a deployment with these settings. A server that has run the application before is started afresh:
     * deployed a second time to the same process, central enrolls nobody any more.
     */
    static void prepare(Map<String, String> settings) {
        set(settings);
        if (used) {
            stop();
            asadmin("start-domain", "cranny");
        }
        used = true;
    }

    private static void set(Map<String, String> changed) {
        Path file = HOME.resolve("central.properties");
        Properties settings = new Properties();
        try {
            try (Reader in = Files.newBufferedReader(file)) {
                settings.load(in);
            }
            settings.putAll(changed);
            try (Writer out = Files.newBufferedWriter(file)) {
                settings.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop() {
        asadmin("stop-domain", "cranny");
    }

    /** Returns when central answers again. */
    static void start() {
        asadmin("start-domain", "cranny");
        Await.until(
                "central answers",
                PATIENCE,
                () -> Caller.nobody().get("/health").statusCode() == 200);
    }

    static String secret(String name) {
        try {
            return Files.readString(HOME.resolve("secrets").resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String asadmin(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PAYARA.resolve("glassfish/modules/admin-cli.jar").toString(),
                "--terse",
                "--interactive=false"));
        command.addAll(List.of(arguments));
        return Command.output(command, Map.of());
    }

    private static void makeDomain() {
        List<String> command = List.of(
                ROOT.resolve("server-config/central/make-domain.sh").toString(),
                "--payara",
                ROOT.resolve("target/payara/payara6").toString(),
                "--ear",
                System.getProperty("cranny.test.ear"),
                "--template",
                ROOT.resolve("target/central-template").toString(),
                "--home",
                HOME.toString(),
                "--domain",
                DOMAIN.toString(),
                "--port-base",
                Integer.toString(PORT_BASE),
                "--escrow-passphrase-file",
                FOLDER.resolve("escrow-passphrase").toString());
        // The passwords are of the domain that is to be made; the template has none.
        Command.output(command, Map.of("AS_ADMIN_PASSWORDFILE", "", "JDK_JAVA_OPTIONS", ""));
    }
}
