package org.cranny.quickstart;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.cluster.ClusterException;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.cranny.system.TreeComparison;

/** Enrolls this machine as a source, backs up, restores to an empty folder and compares. */
final class Walkthrough {

    private static final List<Integer> DONE_OR_SOME_UNREADABLE = List.of(0, 3);
    private static final int SHOWN = 20;

    private final Subject subject;
    private final Steps steps;
    private final Cranny cranny;
    private final Path restored;

    Walkthrough(Path root, Path home, Subject subject, Steps steps) {
        this.subject = subject;
        this.steps = steps;
        this.cranny = new Cranny(root, home.resolve("source"));
        this.restored = home.resolve("restored");
    }

    /** Whether everything came back equal. */
    boolean run(ClusterStatus cluster) {
        enroll(cluster);
        steps.say("backing up " + subject.title());
        JsonObject backup = steps.timed("backup", this::backUp);
        Path target = emptyFolder();
        steps.say("restoring snapshot " + backup.getString("snapshot").substring(0, 8) + " to " + target);
        steps.timed(
                "restore",
                () -> cranny.summaryOf(
                        List.of(0), "restore", backup.getString("snapshot"), "--target", target.toString()));
        steps.say("comparing every byte and attribute");
        List<String> differences = steps.timed("compare", () -> compare(target));
        new Report(steps, cluster).print(backup, differences.isEmpty());
        differences.stream().limit(SHOWN).forEach(steps::print);
        return differences.isEmpty();
    }

    private void enroll(ClusterStatus cluster) {
        if (!cranny.enrolled()) {
            steps.say("enrolling this machine as a source");
            Command.Outcome outcome = steps.timed("enroll", () -> cranny.enroll(cluster, hostName()));
            if (outcome.exit() != 0) {
                throw new ClusterException(
                        "enrolling failed: " + outcome.errors().strip());
            }
        }
    }

    private JsonObject backUp() {
        return cranny.summaryOf(
                DONE_OR_SOME_UNREADABLE,
                "backup",
                subject.paths().stream().map(Path::toString).toArray(String[]::new));
    }

    private List<String> compare(Path target) {
        List<String> differences = new ArrayList<>();
        for (Path path : subject.paths()) {
            try {
                differences.addAll(
                        TreeComparison.compare(path, target.resolve(Path.of("/").relativize(path))));
            } catch (IOException e) {
                differences.add(path + ": " + e.getMessage());
            }
        }
        return differences;
    }

    private Path emptyFolder() {
        try {
            Files.createDirectories(restored);
            try (Stream<Path> before = Files.list(restored)) {
                return Files.createDirectory(restored.resolve(Long.toString(before.count() + 1)));
            }
        } catch (IOException e) {
            throw new ClusterException("cannot make a folder in " + restored + ": " + e.getMessage(), e);
        }
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unknown) {
            return "this-machine";
        }
    }
}
