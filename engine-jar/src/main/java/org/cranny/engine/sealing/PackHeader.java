package org.cranny.engine.sealing;

import java.nio.ByteBuffer;
import org.cranny.engine.keys.PackKey;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.snapshot.PackClass;

/**
 * The only octets of a pack that anyone can read: enough to find its key, and a commitment to that key.
 *
 * <p>96 octets; source of the layout: {@code docs/format/pack.md}.
 */
public final class PackHeader {
    public static final int LENGTH = 96;

    static final int VERSION = 1;
    static final int SALT_LENGTH = 32;

    private static final byte[] MAGIC = {'C', 'R', 'N', 'Y', 'P', 'K', 0, VERSION};
    private static final byte AES_256_GCM_FRAMES = 1;

    private final PackClass packClass;
    private final int generation;
    private final SystemId source;
    private final byte[] salt;
    private final byte[] commitment;
    private final byte[] octets;

    PackHeader(PackClass packClass, int generation, SystemId source, byte[] salt, byte[] commitment) {
        this.packClass = packClass;
        this.generation = generation;
        this.source = source;
        this.salt = salt;
        this.commitment = commitment;
        this.octets = ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .put((byte) packClass.code())
                .put(AES_256_GCM_FRAMES)
                .putShort((short) 0)
                .putInt(generation)
                .put(source.tag())
                .put(salt)
                .put(commitment)
                .array();
    }

    /** Reads the first 96 octets of a pack. */
    public static PackHeader parse(byte[] octets) throws MalformedPackException {
        try {
            return parse(new OctetReader(octets, 0, Math.min(octets.length, LENGTH)));
        } catch (MalformedException e) {
            throw new MalformedPackException("this is not the header of a pack: " + e.getMessage(), e);
        }
    }

    private static PackHeader parse(OctetReader in) throws MalformedException {
        in.expect(MAGIC);
        PackClass packClass = PackClass.of(in.u8());
        if (in.u8() != AES_256_GCM_FRAMES) {
            throw new MalformedException("its cipher is unknown");
        }
        if (in.u16() != 0) {
            throw new MalformedException("it is not zero where it must be");
        }
        int generation = (int) in.u32();
        SystemId source = SystemId.read(in);
        return new PackHeader(packClass, generation, source, in.raw(SALT_LENGTH), in.raw(PackKey.COMMITMENT_LENGTH));
    }

    public PackClass packClass() {
        return packClass;
    }

    public int generation() {
        return generation;
    }

    public SystemId source() {
        return source;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] commitment() {
        return commitment.clone();
    }

    /** A fresh copy of the 96 octets. */
    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public String toString() {
        return "PackHeader[" + packClass + ", source=" + source + ", generation=" + generation + "]";
    }
}
