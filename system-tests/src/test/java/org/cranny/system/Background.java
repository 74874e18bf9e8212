package org.cranny.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cranny.cluster.Command;

/** A command that runs while the test does something else. */
final class Background {

    private final Process process;
    private final Path output;
    private final Path errors;

    private Background(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    static Background start(List<String> command) throws IOException {
        Path output = Files.createTempFile("cranny-", ".out");
        Path errors = Files.createTempFile("cranny-", ".err");
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new Background(process, output, errors);
    }

    Command.Outcome end(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            throw new AssertionError("it did not end within " + patience + ": " + Files.readString(errors));
        }
        return new Command.Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end. */
    void terminate() {
        process.destroy();
    }

    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }
}
