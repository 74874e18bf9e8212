package org.cranny.client.selection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.cranny.engine.posix.PathBytes;

/**
 * Makes chosen paths exact: absolute, and without links in what leads to them; a link that was chosen stays a link.
 * Neighbours in a list cost one look at their folder. Not thread-safe.
 */
public final class ExactPaths {
    private static final byte[] ROOT = {'/'};

    private byte[] folder;
    private byte[] realFolder;

    /**
     * @param chosen absolute, raw octets, without {@code .} and {@code ..}
     * @return as it was when its folder does not exist: whoever reads it says so
     */
    public byte[] of(byte[] chosen) {
        int end = chosen.length;
        while (end > 1 && chosen[end - 1] == '/') {
            end--;
        }
        int slash = end - 1;
        while (slash > 0 && chosen[slash] != '/') {
            slash--;
        }
        if (end == 1) {
            return ROOT;
        }
        byte[] parent = slash == 0 ? ROOT : Arrays.copyOf(chosen, slash);
        if (!Arrays.equals(parent, folder)) {
            realFolder = real(parent);
            folder = parent;
        }
        return PathBytes.join(realFolder, Arrays.copyOfRange(chosen, slash + 1, end));
    }

    private static byte[] real(byte[] folder) {
        try {
            Path path = PathBytes.toPath(folder);
            return PathBytes.of(path.toRealPath());
        } catch (IOException missing) {
            return folder;
        }
    }
}
