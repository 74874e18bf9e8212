package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.selection.ListedPaths;
import org.cranny.engine.posix.PathBytes;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.octets.PathNotation;
import picocli.CommandLine.Option;

/** What is ordered of a system: its paths, typed or listed, and why. Long lists are sent as they are read. */
final class Order {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--files-from",
            paramLabel = "FILE",
            description = "Read paths of that system from a file, one a line; '-' is standard input.")
    private String file;

    @Option(names = "--from0", description = "Paths in the list end with NUL instead of a line break.")
    private boolean from0;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the log.")
    private String reason;

    boolean listed() {
        return file != null;
    }

    /** Orders something that has no paths. @param reason or null */
    static JsonObject send(
            PeoplesCentral central, String system, JobKind kind, JsonObjectBuilder document, String reason)
            throws IOException {
        JsonObject request = request(kind, document, reason);
        return central.post("systems/" + NamedSystem.number(central, system) + "/jobs", request)
                .asJsonObject();
    }

    /** @param document of this kind @param paths typed, absolute */
    JsonObject send(PeoplesCentral central, String system, JobKind kind, JsonObjectBuilder document, List<String> paths)
            throws IOException {
        String first = request(kind, document, reason).toString();
        List<byte[]> typed = new ArrayList<>();
        for (String path : paths) {
            typed.add(PathBytes.of(Path.of(path)));
        }
        long number = NamedSystem.number(central, system);
        return central.postLines("systems/" + number + "/jobs", out -> {
                    BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    lines.write(first);
                    lines.write('\n');
                    for (byte[] path : typed) {
                        write(lines, path);
                    }
                    writeListed(lines);
                    lines.flush();
                })
                .asJsonObject();
    }

    private static JsonObject request(JobKind kind, JsonObjectBuilder document, String reason) {
        JsonObjectBuilder request =
                Json.createObjectBuilder().add("kind", kind.name()).add("order", document);
        return (reason == null ? request : request.add("reason", reason)).build();
    }

    private void writeListed(BufferedWriter lines) throws IOException {
        if (file == null) {
            return;
        }
        char separator = from0 ? '\0' : '\n';
        if (file.equals(STANDARD_INPUT)) {
            ListedPaths.read(System.in, separator, path -> write(lines, path));
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            ListedPaths.read(in, separator, path -> write(lines, path));
        }
    }

    private static void write(BufferedWriter lines, byte[] path) throws IOException {
        JsonString text = Json.createValue(PathNotation.of(path));
        lines.write(text.toString());
        lines.write('\n');
    }
}
