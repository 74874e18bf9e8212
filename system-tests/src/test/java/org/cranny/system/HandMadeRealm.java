package org.cranny.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;

/** A realm without central, kept by hand in one home, with real daemons that joined it by files. */
final class HandMadeRealm implements AutoCloseable {
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final int FIRST_PORT = Realm.PORT_BASE + 800;

    private final Path repository = Path.of(System.getProperty("cranny.root"));
    private final Path folder;
    private final Path passphrase;
    private final Cranny keeper;
    private final String fingerprint;
    private final Cranny neighbour;
    private final String neighboursFingerprint;
    private final List<Process> daemons = new ArrayList<>();

    /** @param hosts how many daemons it has, all of them running when this returns */
    HandMadeRealm(String name, int hosts) throws IOException {
        folder = Files.createDirectories(repository.resolve(
                "system-tests/target/" + name + "-" + ProcessHandle.current().pid()));
        passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        keeper = new Cranny(repository, folder.resolve("keeper"));
        fingerprint = keeper.summaryOf(List.of(0), "realm", "init", "--name", name, "--passphrase-file", secret())
                .getString("caFingerprint");
        neighbour = new Cranny(repository, folder.resolve("neighbour"));
        neighboursFingerprint = neighbour
                .summaryOf(List.of(0), "realm", "init", "--name", "neighbour", "--passphrase-file", secret())
                .getString("caFingerprint");
        done(List.of(program(), "prepare"));
        try {
            for (int host = 1; host <= hosts; host++) {
                start(host);
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private String program() {
        return repository.resolve("bin/cranny-daemon").toString();
    }

    private void start(int host) throws IOException {
        Path home = folder.resolve("host-" + host);
        String url = "https://127.0.0.1:" + (FIRST_PORT + host);
        Path request = folder.resolve("host-" + host + ".request");
        done(List.of(
                program(),
                "request",
                request.toString(),
                "--home",
                home.toString(),
                "--name",
                "host-" + host,
                "--address",
                url,
                "--quota",
                "2G",
                "--keep-free",
                "1G"));
        done(keeper.commandLine(
                "realm",
                "add-host",
                request.toString(),
                "--failure-domain",
                "place-" + host,
                "--passphrase-file",
                secret()));
        Path bundle = folder.resolve("host-" + host + ".bundle");
        done(List.of(program(), "join", bundle.toString(), "--home", home.toString(), "--ca-fingerprint", fingerprint));
        daemons.add(new ProcessBuilder(program(), "run", "--home", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("host-" + host + ".log").toFile())
                .start());
        Await.until("host-" + host + " is ready", Duration.ofSeconds(240), () -> answers(home, url));
        serveNeighbour(host, home);
    }

    /** The host serves a second realm, too, that another keeper keeps; it runs meanwhile. */
    private void serveNeighbour(int host, Path home) {
        Path request = folder.resolve("host-" + host + ".trust.request");
        Path bundle = folder.resolve("host-" + host + ".trust.bundle");
        done(List.of(program(), "trust", "request", request.toString(), "--home", home.toString(), "--quota", "300M"));
        done(neighbour.commandLine(
                "realm",
                "add-host",
                request.toString(),
                bundle.toString(),
                "--failure-domain",
                "place-" + host,
                "--passphrase-file",
                secret()));
        done(List.of(
                program(),
                "trust",
                "add",
                bundle.toString(),
                "--home",
                home.toString(),
                "--ca-fingerprint",
                neighboursFingerprint,
                "--quota",
                "300M"));
    }

    private static boolean answers(Path home, String url) {
        try {
            return Caller.system(home).get(url + "/cranny/v1/status").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A source that joined by files; its home is a new one. */
    Cranny source(String name, String... right) {
        return source(keeper, fingerprint, name, right);
    }

    /** A source of the other realm that the hosts serve. */
    Cranny neighboursSource(String name) {
        return source(neighbour, neighboursFingerprint, name);
    }

    private Cranny source(Cranny keeper, String fingerprint, String name, String... right) {
        Cranny source = new Cranny(repository, folder.resolve(name));
        Path request = folder.resolve(name + ".request");
        done(source.commandLine("request", request.toString(), "--name", name));
        List<String> answer = new ArrayList<>(List.of("add-source", request.toString()));
        answer.addAll(List.of("--passphrase-file", secret()));
        answer.addAll(List.of(right));
        done(keeper.commandLine("realm", answer.toArray(String[]::new)));
        done(source.commandLine("join", folder.resolve(name + ".bundle").toString(), "--ca-fingerprint", fingerprint));
        return source;
    }

    /** Who knows nothing yet. */
    Cranny stranger(String name) {
        return new Cranny(repository, folder.resolve(name));
    }

    /** The home of a host's daemon. */
    Path host(int host) {
        return folder.resolve("host-" + host);
    }

    Cranny keeper() {
        return keeper;
    }

    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that holds the passphrase of the realm, and of kits. */
    String secret() {
        return passphrase.toString();
    }

    void forget(Path home) {
        Command.run(folder, List.of("rm", "-rf", "--one-file-system", home.toString()), Map.of());
    }

    private void done(List<String> command) {
        Claims.done(Command.run(folder, command, Map.of()));
    }

    @Override
    public void close() {
        daemons.forEach(Process::destroyForcibly);
        daemons.forEach(
                daemon -> daemon.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        forget(folder);
    }
}
