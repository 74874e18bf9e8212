package org.cranny.engine.sealing;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Opens what a {@link SealingStream} sealed. No octet is released before its frame was proved; reading fails with a
 * {@link SealBrokenException} where something was changed, moved or cut, so the end is the end.
 */
public final class OpeningStream extends InputStream {
    private final PushbackInputStream in;
    private final StreamCipher cipher;
    private final byte[] sealed = new byte[Frames.SEALED];
    private final byte[] plain = new byte[Frames.SEALED];
    private int next;
    private int filled;
    private boolean last;

    /** @param in behind the header; closed with this stream @param header what the frames are bound to */
    public OpeningStream(InputStream in, SecretKey key, byte[] header) {
        this.in = new PushbackInputStream(in, 1);
        cipher = new StreamCipher(Cipher.DECRYPT_MODE, key, header);
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, filled - next);
        System.arraycopy(plain, next, octets, offset, part);
        next += part;
        return part;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** @return whether there is an octet to read */
    private boolean fill() throws IOException {
        while (next == filled && !last) {
            int length = in.readNBytes(sealed, 0, sealed.length);
            int after = length == sealed.length ? in.read() : -1;
            if (after >= 0) {
                in.unread(after);
            }
            if (length < Frames.TAG) {
                throw new SealBrokenException("it was cut");
            }
            boolean ends = after < 0;
            next = 0;
            filled = 0;
            filled = cipher.next(sealed, length, ends, plain);
            last = ends;
        }
        return next < filled;
    }
}
