package org.cranny.engine.retention;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.protocol.fragment.FragmentId;

/**
 * What a source without central has begun to forget: the file {@code forgetting} of its home, written whole.
 *
 * <pre>
 * snapshot VERSION SECOND                          forgotten since
 * pack ID LENGTH SECOND HOST:SECOND HOST:SECOND …  marked since, and of each host since when it is in the trash, or 0
 * </pre>
 */
final class Ledger {
    private final Path file;
    private final Map<Long, Instant> forgotten = new TreeMap<>();
    private final Map<FragmentId, Leaving> leaving = new LinkedHashMap<>();

    private Ledger(Path file) {
        this.file = file;
    }

    static Ledger open(Path home) throws IOException {
        Ledger ledger = new Ledger(home.resolve("forgetting"));
        if (!Files.notExists(ledger.file)) {
            for (String line : Files.readAllLines(ledger.file, StandardCharsets.US_ASCII)) {
                ledger.read(line.split(" "));
            }
        }
        return ledger;
    }

    private void read(String[] words) throws IOException {
        try {
            if (words[0].equals("snapshot")) {
                forgotten.put(Long.valueOf(words[1]), second(words[2]));
                return;
            }
            Map<Long, Instant> hosts = new TreeMap<>();
            for (int i = 4; i < words.length; i++) {
                String[] host = words[i].split(":");
                hosts.put(Long.valueOf(host[0]), second(host[1]));
            }
            FragmentId pack = FragmentId.of(words[1]);
            leaving.put(pack, new Leaving(pack, Long.parseLong(words[2]), second(words[3]), hosts));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeException e) {
            throw new IOException(
                    "The file " + file + " is damaged: bring it back from a copy, or remove it; what it named"
                            + " then stays on hosts.",
                    e);
        }
    }

    private static Instant second(String word) {
        return Instant.ofEpochSecond(Long.parseLong(word));
    }

    /** Versions that can be brought back, and since when they are forgotten. */
    Map<Long, Instant> forgotten() {
        return forgotten;
    }

    /** Packs on their way off the hosts, by id. */
    Map<FragmentId, Leaving> leaving() {
        return leaving;
    }

    /** On the disk when this returns. */
    void keep() throws IOException {
        StringBuilder lines = new StringBuilder();
        forgotten.forEach((version, since) -> lines.append("snapshot ")
                .append(version)
                .append(' ')
                .append(since.getEpochSecond())
                .append('\n'));
        for (Leaving each : leaving.values()) {
            lines.append("pack ").append(each.pack()).append(' ').append(each.length());
            lines.append(' ').append(each.marked().getEpochSecond());
            each.hosts()
                    .forEach((host, since) ->
                            lines.append(' ').append(host).append(':').append(since.getEpochSecond()));
            lines.append('\n');
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = StandardCharsets.US_ASCII.encode(lines.toString());
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }
}
