package org.cranny.cluster;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Central of a cluster: its home and domain made once, then started and ended as often as one likes.
 *
 * @param shortTimes whether its home is made with {@link ShortTimes}, else with the usual ones
 */
record CentralProcess(Layout layout, Ports ports, boolean shortTimes) {

    static final String ADMINISTRATOR = "admin";

    /** For programs that run for seconds only. */
    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private static final long TOKEN_SECONDS = Duration.ofDays(365).toSeconds();

    /** Whether its home and domain are there and of this build. */
    boolean prepared() {
        try {
            Path made = layout.domain().resolve("made-of");
            return Files.exists(made)
                    && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(layout.centralApplication()))
                            > 0;
        } catch (IOException e) {
            return false;
        }
    }

    void prepare() {
        if (!prepared()) {
            Command.mustSucceed(layout.repository(), makeDomain(), Map.of());
        }
    }

    private List<String> makeDomain() {
        List<String> command = new ArrayList<>(List.of(
                layout.repository()
                        .resolve("server-config/central/make-domain.sh")
                        .toString(),
                "--payara",
                layout.payara().toString(),
                "--ear",
                layout.centralApplication().toString(),
                "--template",
                layout.repository().resolve("target/central-template").toString(),
                "--home",
                layout.central().toString(),
                "--domain",
                layout.domain().toString(),
                "--port-base",
                Integer.toString(ports.base()),
                "--address",
                ports.address(),
                "--machines-url",
                ports.machinesUrl(),
                "--escrow-passphrase-file",
                layout.escrowPassphrase().toString(),
                "--set",
                "cranny.packages=" + layout.repository().resolve("target/packages")));
        if (shortTimes) {
            command.addAll(ShortTimes.settings(ports));
        }
        return command;
    }

    Running start() {
        ports.mustBeFree(ports.people());
        ports.mustBeFree(ports.machines());
        return Running.start(
                List.of(
                        layout.repository()
                                .resolve("server-config/central/run-domain.sh")
                                .toString(),
                        layout.domain().toString()),
                layout.home(),
                layout.log("central"),
                Map.of("JDK_JAVA_OPTIONS", layout.lightCompilation()));
    }

    void awaitReady(Running process) {
        Caller nobody = Caller.nobody(fingerprint());
        Await.ready(
                "central",
                PATIENCE,
                process,
                layout.log("central"),
                () -> refusedToLoad() || nobody.answers(ports.peopleUrl() + "/api/v1/health"));
        if (refusedToLoad()) {
            throw new ClusterException("central's application did not start. Its log is " + layout.log("central"));
        }
    }

    /** The server goes on running without an application that failed to load. */
    private boolean refusedToLoad() {
        try (Stream<String> lines = Files.lines(layout.log("central"), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains("Exception while loading the app"));
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SHA-256 of the authority's certificate, which machines pin. */
    String fingerprint() {
        try (InputStream in = Files.newInputStream(layout.central().resolve("authority.pem"))) {
            return RealmTrust.fingerprintOf(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (IOException | GeneralSecurityException e) {
            throw new ClusterException("cannot read the authority of " + layout.central() + ": " + e.getMessage(), e);
        }
    }

    String password() {
        try {
            return Files.readString(layout.adminPassword()).strip();
        } catch (IOException e) {
            throw new ClusterException("cannot read " + layout.adminPassword() + ": " + e.getMessage(), e);
        }
    }

    /** A token that enrolls any number of systems, for this cluster only. */
    String freshToken(String fingerprint) {
        String request = Json.createObjectBuilder()
                .add("roles", Json.createArrayBuilder(List.of("source", "host")))
                .add("uses", 0)
                .add("validSeconds", TOKEN_SECONDS)
                .build()
                .toString();
        try {
            return Caller.body(administrator(fingerprint).post(ports.peopleUrl() + "/api/v1/tokens", request))
                    .asJsonObject()
                    .getString("token");
        } catch (IOException e) {
            throw new ClusterException("central gave no enrollment token: " + e.getMessage(), e);
        }
    }

    /** Returns when the master file lists all these daemons as taking fragments; else tells how it lists them. */
    void awaitAccepting(String fingerprint, List<DaemonProcess> daemons) {
        Caller administrator = administrator(fingerprint);
        Set<String> names = daemons.stream().map(DaemonProcess::name).collect(Collectors.toCollection(TreeSet::new));
        AtomicReference<Map<String, String>> states = new AtomicReference<>(Map.of());
        try {
            Await.until("that all daemons take fragments", PATIENCE, () -> {
                states.set(states(administrator, names));
                return names.stream()
                        .allMatch(name -> "ACCEPTING".equals(states.get().get(name)));
            });
        } catch (ClusterException e) {
            throw new ClusterException(e.getMessage() + " The master file says: " + states.get(), e);
        }
    }

    private Map<String, String> states(Caller administrator, Set<String> names) {
        Map<String, String> states = new TreeMap<>();
        try {
            administrator
                    .get(ports.peopleUrl() + "/api/v1/master-file")
                    .body()
                    .lines()
                    .map(CentralProcess::object)
                    .filter(line -> names.contains(line.getString("name", "")))
                    .forEach(line -> states.put(line.getString("name"), line.getString("state")));
        } catch (IOException away) {
            states.clear();
        }
        return states;
    }

    private static JsonObject object(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    private Caller administrator(String fingerprint) {
        return Caller.administrator(fingerprint, ADMINISTRATOR, password());
    }
}
