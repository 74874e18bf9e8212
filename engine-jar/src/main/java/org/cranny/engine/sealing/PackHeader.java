package org.cranny.engine.sealing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cranny.engine.keys.PackClass;
import org.cranny.engine.keys.PackKey;
import org.cranny.engine.keys.SourceTag;

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
    private final SourceTag source;
    private final byte[] salt;
    private final byte[] commitment;
    private final byte[] octets;

    PackHeader(PackClass packClass, int generation, SourceTag source, byte[] salt, byte[] commitment) {
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
                .put(source.bytes())
                .put(salt)
                .put(commitment)
                .array();
    }

    /** Reads the first 96 octets of a pack. */
    public static PackHeader parse(byte[] octets) throws MalformedPackException {
        if (octets.length < LENGTH || !Arrays.equals(octets, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new MalformedPackException("this is not a pack of version 1");
        }
        ByteBuffer in = ByteBuffer.wrap(octets, MAGIC.length, LENGTH - MAGIC.length);
        PackClass packClass =
                PackClass.ofCode(in.get()).orElseThrow(() -> new MalformedPackException("the pack's class is unknown"));
        if (in.get() != AES_256_GCM_FRAMES) {
            throw new MalformedPackException("the pack's cipher is unknown");
        }
        if (in.getShort() != 0) {
            throw new MalformedPackException("the pack's header is not zero where it must be");
        }
        int generation = in.getInt();
        SourceTag source = SourceTag.of(take(in, SourceTag.LENGTH));
        return new PackHeader(
                packClass, generation, source, take(in, SALT_LENGTH), take(in, PackKey.COMMITMENT_LENGTH));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    public PackClass packClass() {
        return packClass;
    }

    public int generation() {
        return generation;
    }

    public SourceTag source() {
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
