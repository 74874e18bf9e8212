package org.cranny.engine.exclude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads patterns from a file as git does: one a line, {@code #} begins a comment, blanks at the end do not count. */
public final class ExcludeFile {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final long LARGEST = 1 << 20;

    private ExcludeFile() {}

    /** @throws IOException also when the file is larger than 1 MiB, which no list of patterns is */
    public static List<byte[]> read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("The file " + file + " is larger than 1 MiB. Name a file with one pattern a line.");
        }
        return lines(Files.readAllBytes(file));
    }

    static List<byte[]> lines(byte[] octets) {
        List<byte[]> patterns = new ArrayList<>();
        int from = octets.length >= MARK.length && Arrays.equals(octets, 0, MARK.length, MARK, 0, MARK.length)
                ? MARK.length
                : 0;
        for (int i = from; i <= octets.length; i++) {
            if (i == octets.length || octets[i] == '\n') {
                byte[] line = trimmed(octets, from, i > from && octets[i - 1] == '\r' ? i - 1 : i);
                if (line.length > 0 && line[0] != '#') {
                    patterns.add(line);
                }
                from = i + 1;
            }
        }
        return patterns;
    }

    private static byte[] trimmed(byte[] octets, int from, int to) {
        int end = from;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\\' && i + 1 < to) {
                i++;
                end = i + 1;
            } else if (octets[i] != ' ') {
                end = i + 1;
            }
        }
        return Arrays.copyOfRange(octets, from, end);
    }
}
