package org.cranny.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cranny.client.central.WireRecords;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.HomeException;

/** Files that people carry from one machine to another. */
final class CarriedFile {
    private static final int LARGEST = 64 << 20;

    private CarriedFile() {}

    static String text(Path file) throws IOException {
        return new String(octets(file), StandardCharsets.UTF_8);
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        byte[] octets = octets(file);
        try {
            return WireRecords.read(octets, type);
        } catch (IOException e) {
            throw notThat(file, e);
        }
    }

    /** Writes or replaces a file, durable before it returns. */
    static void write(Path file, Object value) throws IOException {
        write(file, WireRecords.write(value));
    }

    static void write(Path file, byte[] octets) throws IOException {
        DurableFiles.write(file.toAbsolutePath(), octets);
    }

    private static byte[] octets(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(LARGEST + 1);
            if (octets.length > LARGEST) {
                throw notThat(file, null);
            }
            return octets;
        }
    }

    private static HomeException notThat(Path file, Exception cause) {
        return new HomeException(
                "The file " + file + " is not of the kind that is needed here. Check which one it is.", cause);
    }
}
