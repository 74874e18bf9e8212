package org.cranny.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.cranny.client.report.Screen;

/** How a command ended. */
record Ran(int exitCode, String out, String err) {
    private static final long PATIENCE_SECONDS = 120;

    /** Runs it in this process, which is quicker. */
    static Ran here(Path home, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                80);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(Math.min(1, all.size()), List.of("--home", home.toString()));
        int exitCode = Main.run(screen, new Interruption(screen), all.toArray(String[]::new));
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Starts it as a process of its own. */
    static Process start(Path folder, Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.cranny.client.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("CRANNY_HOME", home.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    static Ran end(Process process, Path folder) throws IOException, InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
        return new Ran(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    /** Its last line as JSON. */
    JsonObject json() {
        List<String> lines = out.lines().toList();
        try (JsonReader reader = Json.createReader(new StringReader(lines.get(lines.size() - 1)))) {
            return reader.readObject();
        }
    }

    /** It ended with this code and one line on standard error that begins with its name and holds these words. */
    void refuses(int code, String... words) {
        assertEquals(code, exitCode, this::toString);
        List<String> lines = err.lines().toList();
        assertEquals(1, lines.size(), this::toString);
        assertTrue(lines.get(0).startsWith("cranny: "), this::toString);
        for (String word : words) {
            assertTrue(lines.get(0).toLowerCase(Locale.ROOT).contains(word), () -> word + " is missing in " + this);
        }
        assertFalse(err.contains("\tat "), this::toString);
    }

    Ran done() {
        assertEquals(0, exitCode, this::toString);
        assertEquals("", err);
        return this;
    }
}
