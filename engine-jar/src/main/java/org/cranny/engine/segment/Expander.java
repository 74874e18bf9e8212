package org.cranny.engine.segment;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.cranny.engine.sealing.MalformedPackException;

/** Gives back exactly the declared number of octets, or refuses; never needs more memory than they do. */
final class Expander {
    private static final int XZ_MEMORY_KIB = 32 << 10;

    private Expander() {}

    static void expand(Scratch scratch, Codec codec, byte[] stored, int storedLength, byte[] out, int rawLength)
            throws MalformedPackException {
        switch (codec) {
            case NONE -> copy(stored, storedLength, out, rawLength);
            case ZSTD -> zstd(scratch.zstdExpanding(), stored, storedLength, out, rawLength);
            case LZ4 ->
                stream(
                        () -> new LZ4FrameInputStream(new ByteArrayInputStream(stored, 0, storedLength)),
                        out,
                        rawLength);
            case XZ ->
                stream(
                        () -> XZCompressorInputStream.builder()
                                .setInputStream(new ByteArrayInputStream(stored, 0, storedLength))
                                .setMemoryLimitKiB(XZ_MEMORY_KIB)
                                .get(),
                        out,
                        rawLength);
        }
    }

    private static void copy(byte[] stored, int storedLength, byte[] out, int rawLength) throws MalformedPackException {
        if (storedLength != rawLength) {
            throw wrongLength(rawLength);
        }
        System.arraycopy(stored, 0, out, 0, rawLength);
    }

    private static void zstd(ZstdDecompressCtx context, byte[] stored, int storedLength, byte[] out, int rawLength)
            throws MalformedPackException {
        int length;
        try {
            length = context.decompressByteArray(out, 0, rawLength, stored, 0, storedLength);
        } catch (ZstdException e) {
            throw new MalformedPackException("a segment does not expand: " + e.getMessage(), e);
        }
        if (length != rawLength) {
            throw wrongLength(rawLength);
        }
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    private static void stream(Opening opening, byte[] out, int rawLength) throws MalformedPackException {
        try (InputStream in = opening.open()) {
            if (in.readNBytes(out, 0, rawLength) != rawLength || in.read() >= 0) {
                throw wrongLength(rawLength);
            }
        } catch (MalformedPackException e) {
            throw e;
        } catch (MemoryLimitException e) {
            throw new MalformedPackException("a segment asks for too much memory to expand", e);
        } catch (IOException | RuntimeException e) {
            throw new MalformedPackException("a segment does not expand: " + e.getMessage(), e);
        }
    }

    private static MalformedPackException wrongLength(int rawLength) {
        return new MalformedPackException("a segment does not expand to the " + rawLength + " octets it declares");
    }
}
