package org.cranny.engine.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.cranny.protocol.signing.Signed;

/**
 * Which signed octets were found right before, by their hash, one hexadecimal line each, so that a command does not pay for
 * the signatures of all the past. The file lies in the source's own home: whoever can write it can sign as the source, too.
 * What is damaged or lost of it costs the time of looking at signatures again, and nothing else. Thread-safe.
 */
final class Believed {
    private final Path file;
    private final List<PublicKey> keys;
    private Set<String> hashes;

    /** @param keys that the octets are signed with; what was believed of others counts for nothing */
    Believed(Path file, List<PublicKey> keys) {
        this.file = file;
        this.keys = keys;
    }

    synchronized boolean knows(Signed signed) {
        return hashes().contains(hash(signed));
    }

    synchronized void add(Signed signed) {
        String hash = hash(signed);
        if (hashes().add(hash)) {
            try {
                Files.writeString(
                        file,
                        "\n" + hash,
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException homeThatOthersOwn) {
                return;
            }
        }
    }

    private Set<String> hashes() {
        if (hashes == null) {
            try {
                hashes = new HashSet<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
            } catch (IOException none) {
                hashes = new HashSet<>();
            }
        }
        return hashes;
    }

    private String hash(Signed signed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            keys.forEach(key -> digest.update(key.getEncoded()));
            return HexFormat.of().formatHex(digest.digest(signed.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
