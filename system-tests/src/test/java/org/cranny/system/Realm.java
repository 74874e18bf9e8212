package org.cranny.system;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Cluster;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;

/** One cluster of three daemons that all end-to-end tests share; each test enrolls sources of its own. */
final class Realm implements AutoCloseable {

    static final int DAEMONS = 3;

    /** Each of the processes that share the suite has a thousand ports from here on. */
    static final int PORT_BASE = Integer.getInteger("cranny.test.port-base", 25_000);

    /** Less than the disk leaves, so that the space a daemon gives changes by what it stores and by nothing else. */
    private static final String QUOTA = "12G";

    private static final AtomicInteger REALMS = new AtomicInteger();

    private final Path repository = Path.of(System.getProperty("cranny.root"));
    private final Path folder = repository.resolve(
            "system-tests/target/realm-" + ProcessHandle.current().pid() + "-" + REALMS.incrementAndGet());
    private final Cluster cluster = Cluster.at(repository, folder.resolve("cluster"), System.out::println);
    private final AtomicInteger sources = new AtomicInteger();
    private final String address;
    private final int portBase;
    private final int daemons;

    Realm() {
        this("127.0.0.1", PORT_BASE, DAEMONS);
    }

    /** One beside the one that is shared. @param address where it listens @param daemons that are there from the beginning */
    Realm(String address, int portBase, int daemons) {
        this.address = address;
        this.portBase = portBase;
        this.daemons = daemons;
    }

    Cluster cluster() {
        return cluster;
    }

    ClusterStatus status() {
        return cluster.status();
    }

    Path repository() {
        return repository;
    }

    /** A new empty folder of the test's own. */
    Path emptyFolder(String name) {
        try {
            Path parent = Files.createDirectories(folder.resolve("folders"));
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the folders that the test before was given, so that the suite needs little room. */
    void clear() {
        Path folders = folder.resolve("folders");
        if (Files.exists(folders)) {
            Command.run(folder, List.of("rm", "-rf", "--one-file-system", folders.toString()), Map.of());
        }
    }

    /** A command line whose home is new and knows no realm. */
    Cranny stranger() {
        return new Cranny(repository, folder.resolve("sources").resolve("source-" + sources.incrementAndGet()));
    }

    /** A newly enrolled source. */
    Cranny source() {
        Cranny source = stranger();
        Command.Outcome outcome =
                source.enroll(status(), source.home().getFileName().toString());
        Claims.done(outcome);
        return source;
    }

    Caller administrator() {
        ClusterStatus.Central central = status().central();
        return Caller.administrator(status().caFingerprint(), central.user(), central.password());
    }

    /** A command for administrators, given by whoever sits at this home. */
    Command.Outcome admin(Cranny person, String... arguments) {
        ClusterStatus.Central central = status().central();
        List<String> all = new ArrayList<>(List.of(arguments));
        Path password = Contents.text(emptyFolder("password").resolve("file"), central.password() + "\n");
        all.addAll(List.of(
                "--url", central.url(),
                "--user", central.user(),
                "--password-file", password.toString(),
                "--ca-fingerprint", status().caFingerprint()));
        return person.run("admin", all.toArray(String[]::new));
    }

    /** The server's own folder, which holds no state. */
    Path domain() {
        return folder.resolve("cluster").resolve("central-domain");
    }

    /** What central's server writes. */
    Path centralLog() {
        return folder.resolve("cluster").resolve("logs/central.log");
    }

    /** The file with the escrow passphrase, outside of central's home. */
    Path escrowPassphrase() {
        return folder.resolve("cluster").resolve("escrow/passphrase");
    }

    String api(String path) {
        return status().central().url() + "/api/v1" + path;
    }

    /** Where central hears machines. */
    URI machines() throws IOException {
        return URI.create(administrator().json(api("/realm")).asJsonObject().getString("machinesUrl"));
    }

    /** Every daemon runs and is accepted again, whatever the test before did. */
    void makeWhole() {
        Staff.employ(folder.resolve("cluster").resolve("central"));
        cluster.up(daemons, address, portBase, QUOTA, true);
    }

    Traffic traffic() {
        return Traffic.of(status());
    }

    /** The line of a host in the master file as central serves it now. */
    JsonObject host(String name) {
        try {
            return administrator()
                    .get(api("/master-file"))
                    .body()
                    .lines()
                    .filter(line -> line.contains("\"name\":\"" + name + "\""))
                    .map(Json::object)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the master file has no host " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every snapshot of every system, as central lists them. */
    List<JsonObject> centralsSnapshots() {
        try {
            List<JsonObject> all = new ArrayList<>();
            for (JsonValue system : administrator().json(api("/systems")).asJsonArray()) {
                long number = system.asJsonObject().getJsonNumber("number").longValue();
                administrator()
                        .json(api("/systems/" + number + "/snapshots"))
                        .asJsonArray()
                        .forEach(line -> all.add(line.asJsonObject()));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitState(String host, String state) {
        Await.until(host + " becomes " + state, Duration.ofSeconds(90), () -> host(host)
                .getString("state")
                .equals(state));
    }

    /** Every stored fragment of a daemon. */
    static List<Path> fragments(ClusterStatus.Daemon daemon) {
        Path folder = daemon.home().resolve("fragments");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().length() == 62)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cluster.down();
        if (!Boolean.getBoolean("cranny.test.keep")) {
            Command.run(repository, List.of("rm", "-rf", "--one-file-system", folder.toString()), Map.of());
        }
    }
}
