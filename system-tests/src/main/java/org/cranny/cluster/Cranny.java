package org.cranny.cluster;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line {@code bin/cranny} of one source, run as a process of its own each time. */
public final class Cranny {

    private final Path repository;
    private final Path home;

    public Cranny(Path repository, Path home) {
        this.repository = repository;
        this.home = home;
    }

    public Path home() {
        return home;
    }

    public boolean enrolled() {
        return java.nio.file.Files.exists(home.resolve("config.json"));
    }

    /** The command line of an act, for whoever starts it by himself. */
    public List<String> commandLine(String act, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(repository.resolve("bin/cranny").toString(), act, "--home", home.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    public Command.Outcome run(String act, String... arguments) {
        return Command.run(repository, commandLine(act, arguments), Map.of());
    }

    /** Enrolls this home as a source. */
    public Command.Outcome enroll(ClusterStatus cluster, String name) {
        return run(
                "enroll",
                cluster.central().url(),
                "--token",
                cluster.token(),
                "--ca-fingerprint",
                cluster.caFingerprint(),
                "--name",
                name);
    }

    /** The summary of an act that was run with {@code --json}: the last line. */
    public static JsonObject summary(Command.Outcome outcome) {
        try (JsonReader reader = Json.createReader(new StringReader(outcome.lastLine()))) {
            return reader.readObject();
        }
    }

    /** Runs with {@code --json} and fails with the command's own words unless it exits with one of these codes. */
    public JsonObject summaryOf(List<Integer> accepted, String act, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Command.Outcome outcome = run(act, all.toArray(String[]::new));
        if (!accepted.contains(outcome.exit())) {
            throw new ClusterException("cranny " + act + " ended with " + outcome.exit() + ": "
                    + outcome.errors().strip());
        }
        return summary(outcome);
    }
}
