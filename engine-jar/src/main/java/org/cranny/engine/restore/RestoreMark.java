package org.cranny.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.cranny.engine.posix.PathBytes;

/** Remembers, in the source's home, which restore has begun to fill which target, so that it may go on there. */
final class RestoreMark {
    private final Path file;
    private final String request;

    RestoreMark(Path home, RestoreRequest asked) throws IOException {
        file = home.resolve("restores")
                .resolve(digest(PathBytes.of(asked.target().toRealPath())));
        StringBuilder text = new StringBuilder(asked.snapshot().id()).append('\n');
        asked.paths()
                .forEach(path -> text.append(HexFormat.of().formatHex(path)).append('\n'));
        request = text.toString();
    }

    /** Whether this very restore has begun before. */
    boolean isSet() throws IOException {
        return !Files.notExists(file) && Files.readString(file).equals(request);
    }

    void set() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, request);
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String digest(byte[] path) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path);
            return HexFormat.of().formatHex(hash).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
