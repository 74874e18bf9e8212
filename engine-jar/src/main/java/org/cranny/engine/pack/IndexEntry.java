package org.cranny.engine.pack;

import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * What an index pack holds for each other pack, as one chunk: its id and its footer. With all of them the whole index
 * can be made again.
 */
public record IndexEntry(FragmentId pack, PackFooter footer) {

    /** The chunk's octets. */
    public byte[] encode() {
        OctetWriter out = new OctetWriter(96 + 40 * footer.chunkCount()).raw(pack.bytes());
        footer.write(out);
        return out.toByteArray();
    }

    /** Reads what {@link #encode()} wrote, from any octets at all. */
    public static IndexEntry decode(byte[] octets) throws MalformedPackException {
        if (octets.length < FragmentId.OCTETS) {
            throw new MalformedPackException("an index entry begins with a pack id");
        }
        byte[] id = new byte[FragmentId.OCTETS];
        System.arraycopy(octets, 0, id, 0, id.length);
        OctetReader footer = new OctetReader(octets, id.length, octets.length - id.length);
        return new IndexEntry(FragmentId.of(id), PackFooter.decode(footer));
    }
}
