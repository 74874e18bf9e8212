package org.cranny.protocol.fragment;

import java.util.Arrays;
import java.util.HexFormat;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;

/**
 * Names stored octets by what they are: the Merkle root over their 64 KiB leaves, bound to their length
 * ({@code docs/format/README.md}). One value is name, integrity check and the key to spot checks.
 * The id of a whole pack is the fragment id of all its octets.
 */
public final class FragmentId implements Comparable<FragmentId> {
    public static final int OCTETS = 32;

    private final byte[] octets;

    private FragmentId(byte[] octets) {
        this.octets = octets;
    }

    /** @throws IllegalArgumentException unless there are 32 octets */
    public static FragmentId of(byte[] octets) {
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("a fragment id has 32 octets, not " + octets.length);
        }
        return new FragmentId(octets.clone());
    }

    /** @throws IllegalArgumentException unless the text is 64 lower-case hexadecimal digits */
    public static FragmentId of(String hex) {
        if (hex == null || !hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a fragment id is 64 lower-case hexadecimal digits");
        }
        return new FragmentId(HexFormat.of().parseHex(hex));
    }

    public static FragmentId read(OctetReader in) throws MalformedException {
        return new FragmentId(in.raw(OCTETS));
    }

    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public int compareTo(FragmentId other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FragmentId that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
