package org.cranny.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs one command to its end and keeps what it said. */
public final class Command {

    /** @param output standard output @param errors standard error, both as UTF-8 */
    public record Outcome(int exit, String output, String errors) {

        /** The last line of the output that is not blank, or an empty string. */
        public String lastLine() {
            String[] lines = output.strip().split("\n", -1);
            return lines[lines.length - 1];
        }
    }

    private Command() {}

    public static Outcome run(Path folder, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        try {
            Process process = builder.start();
            Drain errors = Drain.of(process.getErrorStream());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output, errors.text());
        } catch (IOException e) {
            throw new ClusterException("cannot run " + command.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while running " + command.get(0) + ".");
        }
    }

    /** Runs it and fails with its own words unless it exits 0. */
    static Outcome mustSucceed(Path folder, List<String> command, Map<String, String> environment) {
        Outcome outcome = run(folder, command, environment);
        if (outcome.exit() != 0) {
            throw new ClusterException(command.get(0) + " failed (" + outcome.exit() + "): "
                    + (outcome.errors() + "\n" + outcome.output()).strip());
        }
        return outcome;
    }

    private static final class Drain extends Thread {

        private final java.io.InputStream in;
        private String text = "";

        private Drain(java.io.InputStream in) {
            this.in = in;
        }

        static Drain of(java.io.InputStream in) {
            Drain drain = new Drain(in);
            drain.setDaemon(true);
            drain.start();
            return drain;
        }

        @Override
        public void run() {
            try {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException closed) {
                text = "(" + closed.getMessage() + ")";
            }
        }

        String text() throws InterruptedException {
            join();
            return text;
        }
    }
}
