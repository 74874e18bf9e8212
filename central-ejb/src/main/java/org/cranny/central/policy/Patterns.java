package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cranny.engine.exclude.Excludes;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/** Tries out what patterns of a policy leave out, with the very matcher of backups. */
@ApplicationScoped
public class Patterns {
    private static final int MOST_PATTERNS = 1_000;

    /** What would happen to a path. */
    public enum Verdict {
        /** It is backed up, as far as these patterns go. */
        TAKEN,
        /** A pattern fits it. */
        LEFT_OUT,
        /** A folder above it is left out, so nobody gets as far as it. */
        UNREACHED,
        /** It is no absolute path. */
        NO_PATH
    }

    /** A pattern that can never fit anything makes the others no worse. */
    public List<String> hopeless(List<String> patterns) {
        return patterns.stream()
                .limit(MOST_PATTERNS)
                .filter(pattern -> octets(pattern) == null || Excludes.isHopeless(octets(pattern)))
                .toList();
    }

    /** @param path absolute, in the notation of paths; a slash at its end makes it a folder */
    public Verdict attempt(List<String> patterns, String path) {
        byte[] whole = octets(path);
        if (whole == null || whole.length < 2 || whole[0] != '/') {
            return Verdict.NO_PATH;
        }
        Excludes excludes = Excludes.NONE.and(patterns.stream()
                .limit(MOST_PATTERNS)
                .map(Patterns::octets)
                .filter(each -> each != null)
                .toList());
        boolean folder = whole[whole.length - 1] == '/';
        String inside = new String(whole, 1, whole.length - (folder ? 2 : 1), StandardCharsets.ISO_8859_1);
        for (int slash = inside.indexOf('/'); slash >= 0; slash = inside.indexOf('/', slash + 1)) {
            if (excludes.leavesOut(latin(inside.substring(0, slash)), true)) {
                return Verdict.UNREACHED;
            }
        }
        return excludes.leavesOut(latin(inside), folder) ? Verdict.LEFT_OUT : Verdict.TAKEN;
    }

    private static byte[] latin(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String text) {
        try {
            return PathNotation.octets(text);
        } catch (MalformedException e) {
            return null;
        }
    }
}
