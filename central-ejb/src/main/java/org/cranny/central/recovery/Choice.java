package org.cranny.central.recovery;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * What a person chose to bring back, and where to; names of files, so only ever on disk sealed.
 *
 * @param paths absolute, as {@code \xNN} text; none for the whole machine
 * @param target folder on the machine that takes the place, in the notation of paths, or null
 */
public record Choice(List<String> paths, String target) {
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final int MOST_PATHS = 10_000;

    public Choice {
        paths = paths == null ? List.of() : List.copyOf(paths);
    }

    /** @throws ProblemException when a path cannot be meant */
    static Choice of(RecoveryRequest request) {
        if (request.paths() != null && request.paths().size() > MOST_PATHS) {
            throw new ProblemException(Problem.ofField("paths", "at most " + MOST_PATHS));
        }
        if (request.paths() != null) {
            request.paths().forEach(Choice::octets);
        }
        return new Choice(request.paths(), request.target());
    }

    static Choice read(byte[] document) {
        return JSON.fromJson(new String(document, StandardCharsets.UTF_8), Choice.class);
    }

    byte[] document() {
        return JSON.toJson(this).getBytes(StandardCharsets.UTF_8);
    }

    /** The paths as they stand on disks. */
    List<byte[]> octets() {
        List<byte[]> octets = new ArrayList<>();
        paths.forEach(path -> octets.add(octets(path)));
        return octets;
    }

    private static byte[] octets(String path) {
        if (path == null || !path.startsWith("/")) {
            throw new ProblemException(Problem.ofField("paths", "a path begins with a slash"));
        }
        try {
            return PathNotation.octets(path);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.ofField("paths", e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "Choice[" + paths.size() + " paths]";
    }
}
