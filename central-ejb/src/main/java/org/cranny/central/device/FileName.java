package org.cranny.central.device;

import java.nio.charset.StandardCharsets;
import org.cranny.engine.tree.Names;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * The name of an uploaded file. It is refused rather than mended: whoever uploads finds it again under the very name that
 * they gave. What may be a name in a snapshot may be one, without control characters.
 */
record FileName(String text) {
    /** @throws ProblemException BAD_REQUEST with the field {@code name} */
    static FileName read(String text) {
        boolean right = text != null
                && text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && Names.isAllowed(text.getBytes(StandardCharsets.UTF_8));
        if (!right) {
            throw new ProblemException(Problem.ofField(
                    "name",
                    "a file's name has 1 to 255 octets in UTF-8, no slash, no control characters, and is not . or .."));
        }
        return new FileName(text);
    }

    byte[] octets() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where it is in snapshots. */
    byte[] path() {
        return ("/" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** {@link #path}, in the notation of paths. */
    String pathText() {
        return PathNotation.of(path());
    }
}
