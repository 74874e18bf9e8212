package org.cranny.engine.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.tukaani.xz.LZMA2Options;

/** Makes segments shorter, or says that it cannot. */
final class Compressor {
    /** A segment that shrinks by less than one part in so many is stored as it is, and opens faster. */
    private static final int WORTHWHILE_PART = 64;

    private static final int XZ_DICTIONARY = 2 << 20;

    private Compressor() {}

    /** The room that {@link #compress} needs in its output. */
    static int room(int rawLength) {
        return (int) Zstd.compressBound(rawLength);
    }

    /** The compressed length, or -1 when it is not worth while; {@code out} has {@link #room}. */
    static int compress(Compression how, Scratch scratch, byte[] raw, int length, byte[] out) {
        int limit = length - Math.max(1, length / WORTHWHILE_PART);
        int stored =
                switch (how.codec()) {
                    case NONE -> -1;
                    case ZSTD -> zstd(scratch.zstdCompressing(), how.level(), raw, length, out);
                    case LZ4 -> lz4(raw, length, out, limit);
                    case XZ -> xz(how.level(), raw, length, out, limit);
                };
        return stored <= limit ? stored : -1;
    }

    private static int zstd(ZstdCompressCtx context, int level, byte[] raw, int length, byte[] out) {
        context.setLevel(level);
        return context.compressByteArray(out, 0, out.length, raw, 0, length);
    }

    private static int lz4(byte[] raw, int length, byte[] out, int limit) {
        ArraySink sink = new ArraySink(out, limit);
        try (OutputStream lz4 = new LZ4FrameOutputStream(
                sink, LZ4FrameOutputStream.BLOCKSIZE.SIZE_1MB, LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE)) {
            lz4.write(raw, 0, length);
        } catch (ArraySink.FullException e) {
            return -1;
        } catch (IOException e) {
            throw new IllegalStateException("lz4 failed in memory", e);
        }
        return sink.size();
    }

    private static int xz(int level, byte[] raw, int length, byte[] out, int limit) {
        ArraySink sink = new ArraySink(out, limit);
        try (OutputStream xz = XZCompressorOutputStream.builder()
                .setOutputStream(sink)
                .setLzma2Options(xzOptions(level))
                .get()) {
            xz.write(raw, 0, length);
        } catch (ArraySink.FullException e) {
            return -1;
        } catch (IOException e) {
            throw new IllegalStateException("xz failed in memory", e);
        }
        return sink.size();
    }

    private static LZMA2Options xzOptions(int level) throws IOException {
        LZMA2Options options = new LZMA2Options(level);
        options.setDictSize(Math.min(options.getDictSize(), XZ_DICTIONARY));
        return options;
    }
}
