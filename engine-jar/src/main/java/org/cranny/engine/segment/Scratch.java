package org.cranny.engine.segment;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;

/** What one thread needs to compress, seal, open and expand a segment; kept and used again. Not thread-safe. */
final class Scratch implements AutoCloseable {
    private final ZstdDecompressCtx zstdExpanding = new ZstdDecompressCtx();
    private ZstdCompressCtx zstdCompressing;
    private byte[] stored = {};
    private byte[] expanded = {};

    ZstdDecompressCtx zstdExpanding() {
        return zstdExpanding;
    }

    ZstdCompressCtx zstdCompressing() {
        if (zstdCompressing == null) {
            zstdCompressing = new ZstdCompressCtx();
        }
        return zstdCompressing;
    }

    /** For octets between compression and seal, on the way in or out. */
    byte[] stored(int atLeast) {
        stored = grown(stored, atLeast);
        return stored;
    }

    byte[] expanded(int atLeast) {
        expanded = grown(expanded, atLeast);
        return expanded;
    }

    private static byte[] grown(byte[] array, int atLeast) {
        return array.length >= atLeast ? array : new byte[atLeast];
    }

    @Override
    public void close() {
        zstdExpanding.close();
        if (zstdCompressing != null) {
            zstdCompressing.close();
        }
    }
}
