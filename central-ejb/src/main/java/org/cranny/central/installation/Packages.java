package org.cranny.central.installation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The portable archives in the folder {@code cranny.packages}, by the names that {@code bin/package} gives them. */
final class Packages {
    /** Processors that there are packages for. */
    static final List<String> ARCHES = List.of("amd64", "arm64");

    private static final Pattern NAME =
            Pattern.compile("(cranny|cranny-daemon)-([0-9][A-Za-z0-9.+~]{0,40})-linux-(amd64|arm64)\\.tar\\.gz");
    private static final int OCTET = 0xff;

    private final Path folder;

    Packages(Path folder) {
        this.folder = folder;
    }

    /**
     * An archive.
     *
     * @param unpackedBytes how large it is without compression
     */
    record Archive(Path file, String version, long unpackedBytes) {}

    /** @throws IOException with a sentence, when there is none, or more than one */
    Archive find(Role role, String arch) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Matcher> found = files.map(
                            file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .filter(name -> name.group(1).equals(role.program())
                            && name.group(3).equals(arch))
                    .toList();
            if (found.size() != 1) {
                throw new IOException("central has " + (found.isEmpty() ? "no" : "more than one") + " archive "
                        + role.program() + "-VERSION-linux-" + arch + ".tar.gz in " + folder);
            }
            Path file = folder.resolve(found.get(0).group());
            return new Archive(file, found.get(0).group(2), unpackedBytes(file));
        }
    }

    /** The last four octets of what gzip writes say so, for less than 4 GiB. */
    private static long unpackedBytes(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - Integer.BYTES));
            long bytes = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes |= (long) (in.read() & OCTET) << (i * Byte.SIZE);
            }
            return bytes;
        }
    }
}
