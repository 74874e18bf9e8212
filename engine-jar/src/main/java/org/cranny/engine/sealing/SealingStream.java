package org.cranny.engine.sealing;

import java.io.IOException;
import java.io.OutputStream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Seals a stream of any length under a key that seals nothing else: frames of 16 KiB, AES-256-GCM, bound to a header
 * that the caller wrote before. Only {@link #close()} makes it whole; what was cut does not open to its end.
 */
public final class SealingStream extends OutputStream {
    private final OutputStream out;
    private final StreamCipher cipher;
    private final byte[] plain = new byte[Frames.PLAIN];
    private final byte[] sealed = new byte[Frames.SEALED];
    private int filled;
    private boolean closed;

    /** @param out closed with this stream @param header what the frames are bound to */
    public SealingStream(OutputStream out, SecretKey key, byte[] header) {
        this.out = out;
        cipher = new StreamCipher(Cipher.ENCRYPT_MODE, key, header);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == plain.length) {
                frame(false);
            }
            int part = Math.min(left, plain.length - filled);
            System.arraycopy(octets, from, plain, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    /** Hands on whole frames only. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (OutputStream closing = out) {
                frame(true);
                closing.flush();
            }
        }
    }

    private void frame(boolean last) throws IOException {
        out.write(sealed, 0, cipher.next(plain, filled, last, sealed));
        filled = 0;
    }
}
