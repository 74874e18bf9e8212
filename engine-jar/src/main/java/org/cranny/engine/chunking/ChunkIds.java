package org.cranny.engine.chunking;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.Secret;

/**
 * Gives equal chunks of one source equal names that nobody else can compute: HMAC-SHA256 with the source's dedup key.
 *
 * <p>Thread-safe; every thread keeps its own MAC. Source of the rule: {@code docs/format/README.md}.
 */
public final class ChunkIds {
    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Scratch> scratch;

    private ChunkIds(Secret key) {
        this.scratch = ThreadLocal.withInitial(() -> new Scratch(key));
    }

    /** The names that chunks of this ring's source have. */
    public static ChunkIds of(KeyRing ring) {
        return new ChunkIds(ring.chunkIdKey());
    }

    /** The id of a whole array. */
    public ChunkId of(byte[] chunk) {
        return of(chunk, 0, chunk.length);
    }

    /** The id of a part of an array. */
    public ChunkId of(byte[] data, int offset, int length) {
        Scratch mine = scratch.get();
        mine.mac.update(data, offset, length);
        return mine.finish();
    }

    /** The id of what remains in the buffers, one after the other; their positions move to their limits. */
    public ChunkId of(ByteBuffer... parts) {
        Scratch mine = scratch.get();
        for (ByteBuffer part : parts) {
            mine.mac.update(part);
        }
        return mine.finish();
    }

    private static final class Scratch {
        private final Mac mac;
        private final byte[] output = new byte[ChunkId.LENGTH];

        private Scratch(Secret key) {
            try {
                mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
            } catch (InvalidKeyException e) {
                throw new IllegalArgumentException("not a dedup key", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
            }
        }

        private ChunkId finish() {
            try {
                mac.doFinal(output, 0);
                return ChunkId.of(output);
            } catch (ShortBufferException e) {
                throw new IllegalStateException(ALGORITHM + " gave more than 32 octets", e);
            }
        }
    }
}
