package org.cranny.central.job;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.bind.JsonbException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** A wish with a long list: the request on the first line, then a path a line, each a JSON value. Lines are bounded. */
final class Lines {
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());
    private static final int LONGEST = 64 << 10;

    private final Reader in;

    Lines(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), LONGEST);
    }

    JobRequest request() {
        try {
            String first = line();
            if (first == null || first.isBlank()) {
                throw new ProblemException(ProblemKind.BAD_REQUEST, "The first line is the job's request.");
            }
            JobRequest request =
                    Documents.read(ClosedJson.require(first).getBytes(StandardCharsets.UTF_8), JobRequest.class);
            if (request != null) {
                return request;
            }
        } catch (JsonbException | MalformedException e) {
            throw noRequest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw noRequest();
    }

    private static ProblemException noRequest() {
        return new ProblemException(ProblemKind.BAD_REQUEST, "The first line is no request for a job.");
    }

    void paths(PathPages pages) throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (!line.isBlank()) {
                pages.add(path(line, pages.paths()));
            }
        }
    }

    private static String path(String line, long number) {
        try (JsonReader reader = JSON.createReader(new StringReader(ClosedJson.require(line)))) {
            if (reader.readValue() instanceof JsonString path) {
                return path.getString();
            }
        } catch (JsonException | ArithmeticException | NumberFormatException | MalformedException e) {
            throw wrong(number);
        }
        throw wrong(number);
    }

    private static ProblemException wrong(long number) {
        return new ProblemException(Problem.ofField("paths[" + number + "]", "each line is one JSON string"));
    }

    /** The next line without its end, null after the last. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder(128);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            if (line.length() == LONGEST) {
                throw new ProblemException(ProblemKind.TOO_LARGE, "A line has at most " + LONGEST + " characters.");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
