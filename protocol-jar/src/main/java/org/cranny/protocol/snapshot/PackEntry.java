package org.cranny.protocol.snapshot;

import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.redundancy.Redundancy;

/**
 * One pack of a snapshot's pack set.
 *
 * @param pack the fragment id of the whole pack
 * @param length octets of the whole pack
 */
public record PackEntry(FragmentId pack, PackClass packClass, long length, Redundancy redundancy) {

    void write(OctetWriter out) {
        out.raw(pack.bytes()).u8(packClass.code()).varint(length);
        out.u8(redundancy.k()).u8(redundancy.n());
    }

    static PackEntry read(OctetReader in) throws MalformedException {
        FragmentId pack = FragmentId.read(in);
        PackClass packClass = PackClass.of(in.u8());
        long length = in.varint();
        int k = in.u8();
        int n = in.u8();
        if (k < 1 || n < k) {
            throw new MalformedException("redundancy " + k + " of " + n);
        }
        return new PackEntry(pack, packClass, length, new Redundancy(k, n));
    }
}
