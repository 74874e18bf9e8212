package org.cranny.engine.index;

import java.util.zip.CRC32C;

/** CRC-32C: finds accidents, not enemies; the index never leaves the source. */
final class Checksum {
    private Checksum() {}

    static int of(byte[] octets, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(octets, offset, length);
        return (int) crc.getValue();
    }
}
