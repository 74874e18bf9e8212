package org.cranny.bench.micro;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/** What all parts are given: keys, octets that shrink, octets that do not. */
final class Octets {
    private static final String WORDS =
            "static int struct return if (err) goto out; } else { /* the lock is held */ unlock(&dev->lock); #define ";

    private Octets() {}

    static KeyRing ring() {
        return KeyRing.create(new SystemId(RealmId.of(new byte[8]), 1), new SecureRandom());
    }

    /** Like source code: zstd 3 makes about a quarter of it. */
    static byte[] text(int length) {
        Random random = new Random(1);
        String[] words = WORDS.split(" ");
        StringBuilder text = new StringBuilder(length + 64);
        while (text.length() < length) {
            text.append(words[random.nextInt(words.length)]).append(random.nextInt(4) == 0 ? "\n\t" : " ");
            if (random.nextInt(5) == 0) {
                text.append(Integer.toHexString(random.nextInt()));
            }
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] noise(int length) {
        byte[] octets = new byte[length];
        new Random(2).nextBytes(octets);
        return octets;
    }
}
