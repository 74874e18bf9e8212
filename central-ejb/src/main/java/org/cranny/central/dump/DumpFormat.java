package org.cranny.central.dump;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/** The head of a dump: magic, whose it is, and its key, sealed. {@code docs/format/dump.md} explains every octet. */
record DumpFormat(SystemId central, byte[] sealedKey, byte[] octets) {
    static final int VERSION = 1;
    static final int SEALED_KEY_OCTETS = 80;
    static final byte[] MAGIC = "CRNYDP\0\1".getBytes(StandardCharsets.ISO_8859_1);

    static DumpFormat of(SystemId central, byte[] sealedKey) {
        byte[] head =
                new OctetWriter().raw(MAGIC).raw(central.tag()).raw(sealedKey).toByteArray();
        return new DumpFormat(central, sealedKey, head);
    }

    /** @throws IOException with one line when this is no dump, or of a version to come */
    static DumpFormat read(InputStream in) throws IOException {
        byte[] head = new byte[MAGIC.length + SystemId.OCTETS + SEALED_KEY_OCTETS];
        if (new DataInputStream(in).readNBytes(head, 0, head.length) < head.length
                || !Arrays.equals(head, 0, MAGIC.length - 2, MAGIC, 0, MAGIC.length - 2)) {
            throw new IOException("this is no dump of central");
        }
        try {
            OctetReader reader = new OctetReader(head).expect(MAGIC);
            return new DumpFormat(SystemId.read(reader), reader.raw(SEALED_KEY_OCTETS), head);
        } catch (MalformedException e) {
            throw new IOException("this dump was made by a newer Cranny", e);
        }
    }
}
