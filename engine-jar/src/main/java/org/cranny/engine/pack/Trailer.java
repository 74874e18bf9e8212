package org.cranny.engine.pack;

import java.nio.ByteBuffer;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.engine.sealing.PackHeader;

/**
 * The last sealed frame of a pack, which finds its footer.
 *
 * @param footerOffset of the sealed footer in the pack
 * @param footerLength of its plaintext
 */
record Trailer(long footerOffset, int footerLength, int segments) {
    static final int PLAIN = 32;
    static final int SEALED = PLAIN + Frames.TAG;

    byte[] encode() {
        return ByteBuffer.allocate(PLAIN)
                .putLong(footerOffset)
                .putLong(footerLength)
                .putInt(segments)
                .array();
    }

    long footerEnd() {
        return footerOffset + Frames.sealedLength(footerLength);
    }

    static Trailer decode(byte[] octets, long packLength) throws MalformedPackException {
        ByteBuffer in = ByteBuffer.wrap(octets, 0, PLAIN);
        long offset = in.getLong();
        long length = in.getLong();
        int segments = in.getInt();
        boolean rest = in.getInt() == 0 && in.getLong() == 0;
        long room = packLength - SEALED - offset;
        if (offset < PackHeader.LENGTH
                || length < 1
                || length > PackFooter.MAX_LENGTH
                || Frames.sealedLength(length) > room
                || segments < 0
                || !rest) {
            throw new MalformedPackException("the pack's trailer is malformed");
        }
        return new Trailer(offset, (int) length, segments);
    }
}
