package org.cranny.system;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;

/** One more daemon in the realm, with limits of the test's choice, for as long as the test runs. */
final class ExtraDaemon implements AutoCloseable {

    private final Process process;
    private final Path home;
    private final String url;

    private ExtraDaemon(Process process, Path home, String url) {
        this.process = process;
        this.home = home;
        this.url = url;
    }

    static ExtraDaemon start(Realm realm, String name, Path home, int port, String... limits) throws IOException {
        return start(realm, name, home, "https://127.0.0.1:" + port, command -> command, limits);
    }

    /** On a machine of its own. */
    static ExtraDaemon start(Realm realm, String name, Path home, OfficeNetwork.Seat seat, int port, String... limits)
            throws IOException {
        return start(realm, name, home, "https://" + seat.address() + ":" + port, seat::commandLine, limits);
    }

    private static ExtraDaemon start(
            Realm realm, String name, Path home, String url, UnaryOperator<List<String>> where, String... limits)
            throws IOException {
        ClusterStatus cluster = realm.status();
        String program = realm.repository().resolve("bin/cranny-daemon").toString();
        List<String> enroll = new ArrayList<>(List.of(
                program,
                "enroll",
                cluster.central().url(),
                "--home",
                home.toString(),
                "--name",
                name,
                "--address",
                url));
        enroll.addAll(List.of("--token", cluster.token(), "--ca-fingerprint", cluster.caFingerprint()));
        enroll.addAll(List.of(limits));
        Claims.done(Command.run(realm.repository(), where.apply(enroll), Map.of()));
        Path log = Files.createTempFile(name, ".log");
        Process process = new ProcessBuilder(where.apply(List.of(program, "run", "--home", home.toString())))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ExtraDaemon daemon = new ExtraDaemon(process, home, url);
        Await.until(name + " is ready", Duration.ofSeconds(240), daemon::answers);
        realm.awaitState(name, "ACCEPTING");
        return daemon;
    }

    private boolean answers() {
        try {
            return Caller.system(home).get(url + "/cranny/v1/status").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    JsonObject status() throws IOException {
        return Caller.system(home).json(url + "/cranny/v1/status").asJsonObject();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
