package org.cranny.cluster;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Central of a cluster: its home and domain made once, then started and ended as often as one likes. */
record CentralProcess(Layout layout, Ports ports, boolean quick) {

    static final String ADMINISTRATOR = "admin";

    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final long TOKEN_SECONDS = Duration.ofDays(365).toSeconds();

    boolean prepared() {
        return Files.exists(layout.domain().resolve("config/domain.xml"));
    }

    void prepare() {
        if (!prepared()) {
            Command.mustSucceed(
                    layout.repository(),
                    List.of(layout.repository()
                            .resolve("server-config/central/make-domain.sh")
                            .toString()));
        }
    }

    Running start() {
        Ports.mustBeFree(ports.people());
        Ports.mustBeFree(ports.machines());
        return Running.start(List.of("false"), layout.home(), layout.log("central"));
    }

    void awaitReady(Running process) {
        Caller nobody = Caller.nobody(fingerprint());
        Await.ready(
                "central",
                PATIENCE,
                process,
                layout.log("central"),
                () -> nobody.answers(ports.peopleUrl() + "/api/v1/health"));
    }

    String fingerprint() {
        return "";
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

    /** Returns when the master file lists all these daemons as taking fragments. */
    void awaitAccepting(String fingerprint, List<DaemonProcess> daemons) {
        Caller administrator = administrator(fingerprint);
        Await.until("that all daemons take fragments", Duration.ofSeconds(60), () -> daemons.stream()
                .allMatch(daemon -> accepting(administrator, daemon)));
    }

    private boolean accepting(Caller administrator, DaemonProcess daemon) {
        try {
            return administrator
                    .get(ports.peopleUrl() + "/api/v1/master-file")
                    .body()
                    .lines()
                    .anyMatch(line -> line.contains("\"name\":\"" + daemon.name() + "\"")
                            && line.contains("\"state\":\"ACCEPTING\""));
        } catch (IOException away) {
            return false;
        }
    }

    private Caller administrator(String fingerprint) {
        return Caller.administrator(fingerprint, ADMINISTRATOR, password());
    }
}
