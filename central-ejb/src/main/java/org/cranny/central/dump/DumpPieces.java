package org.cranny.central.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cuts the file of a dump into the pieces that lie on hosts; the same file always into the same ones. */
final class DumpPieces implements AutoCloseable {
    static final int PIECE = 16 << 20;

    private final InputStream in;

    DumpPieces(Path dump) throws IOException {
        in = Files.newInputStream(dump);
    }

    /** The next piece; empty at the end. */
    byte[] next() throws IOException {
        return in.readNBytes(PIECE);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
