package org.cranny.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One daemon of a cluster: enrolled once, then started and ended as often as one likes. */
record DaemonProcess(Layout layout, Ports ports, int index) {

    private static final Duration PATIENCE = Duration.ofSeconds(240);

    /** Not the usual share of the disk: all daemons share this one, and it may be nearly full of other things. */
    private static final String KEPT_FREE = "1G";

    /** Makes the first start of daemons in these sources ready, which takes its time only once. */
    static void prepare(Layout layout) {
        Command.mustSucceed(
                layout.home(), List.of(layout.command("cranny-daemon").toString(), "prepare"), Map.of());
    }

    String name() {
        return "daemon-" + index;
    }

    Path home() {
        return layout.daemon(index);
    }

    boolean enrolled() {
        return Files.exists(home().resolve("identity.p12"));
    }

    void enroll(String token, String fingerprint, String quota, boolean shortTimes) {
        createParent();
        List<String> command = new ArrayList<>(List.of(
                layout.command("cranny-daemon").toString(),
                "enroll",
                ports.peopleUrl(),
                "--token",
                token,
                "--ca-fingerprint",
                fingerprint,
                "--name",
                name(),
                "--address",
                ports.daemonUrl(index),
                "--home",
                home().toString(),
                "--keep-free",
                KEPT_FREE));
        if (!quota.isEmpty()) {
            command.addAll(List.of("--quota", quota));
        }
        Command.mustSucceed(layout.home(), command, Map.of());
        if (shortTimes) {
            shortenTrash();
        }
    }

    private void shortenTrash() {
        try {
            Files.writeString(
                    home().resolve("daemon.properties"),
                    "trash-seconds=" + ShortTimes.TRASH_SECONDS + "\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ClusterException("cannot change the settings of " + name() + ": " + e.getMessage(), e);
        }
    }

    private void createParent() {
        try {
            Files.createDirectories(home().getParent());
        } catch (IOException e) {
            throw new ClusterException("cannot make " + home().getParent() + ": " + e.getMessage(), e);
        }
    }

    Running start() {
        ports.mustBeFree(ports.daemon(index));
        return Running.start(
                List.of(layout.command("cranny-daemon").toString(), "run", "--home", home().toString()),
                layout.home(),
                layout.log(name()),
                Map.of("CRANNY_DAEMON_JAVA_OPTS", layout.lightCompilation()));
    }

    void awaitReady(Running process) {
        Await.ready(name(), PATIENCE, process, layout.log(name()), () -> Caller.system(home())
                .answers(ports.daemonUrl(index) + "/cranny/v1/status"));
    }
}
