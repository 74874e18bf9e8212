package org.cranny.client.selection;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.posix.PathBytes;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/** Reads lists of files: octets with a line break, or NUL, after each; empty ones are passed over. */
public final class ListedPaths {
    private ListedPaths() {}

    /** What takes one path. */
    public interface Taker {
        /** @param path absolute, raw octets */
        void take(byte[] path) throws IOException;
    }

    /**
     * Gives each path of a list; relative ones are below the folder of this process.
     *
     * @param separator {@code '\n'} or {@code '\0'}
     * @throws IOException also when a path cannot be meant; the message says which
     */
    public static void read(InputStream list, char separator, Taker taker) throws IOException {
        byte[] here = PathBytes.of(Path.of("").toAbsolutePath());
        InputStream in = new BufferedInputStream(list, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 0;
        for (int octet = in.read(); ; octet = in.read()) {
            if (octet >= 0 && octet != separator) {
                line.write(octet);
                if (line.size() > PathNotation.LONGEST) {
                    throw new IOException("Path " + (number + 1) + " of the list is longer than " + PathNotation.LONGEST
                            + " octets. Check what separates the paths; see --from0.");
                }
                continue;
            }
            if (line.size() > 0) {
                number++;
                taker.take(absolute(line.toByteArray(), here, number));
                line.reset();
            }
            if (octet < 0) {
                return;
            }
        }
    }

    /** All paths of a list, exact. */
    public static List<byte[]> exact(InputStream list, char separator) throws IOException {
        ExactPaths exact = new ExactPaths();
        List<byte[]> paths = new ArrayList<>();
        read(list, separator, path -> paths.add(exact.of(path)));
        return paths;
    }

    private static byte[] absolute(byte[] path, byte[] here, long number) throws IOException {
        byte[] whole = path[0] == '/' ? path : PathBytes.join(here, path);
        try {
            return PathNotation.absolute(PathNotation.of(whole));
        } catch (MalformedException e) {
            throw new IOException(
                    "Path " + number + " of the list cannot be meant (" + PathNotation.of(path) + "): " + e.getMessage()
                            + ".",
                    e);
        }
    }
}
