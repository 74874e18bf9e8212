package org.cranny.engine.sealing;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.Destroyable;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.PackKey;
import org.cranny.engine.keys.PackKeys;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Seals the sections of one pack so that nobody without the source's keys learns or changes anything, or opens them.
 *
 * <p>Invariants: the key belongs to this pack alone, because its salt is drawn here; a section is sealed at most once,
 * so no nonce comes twice; a pack that was read is never sealed into. Octets of a section whose seal is broken are not
 * released.
 *
 * <p>Frames, nonces and additional data: {@code docs/format/pack.md}. Thread-safe: workers seal segments of one pack in
 * parallel.
 */
public final class PackCipher implements Destroyable {
    private final PackHeader header;
    private final PackKey key;
    private final FrameCipher.Binding binding;
    private final boolean maySeal;
    private final BitSet sealedSegments = new BitSet();
    private final Set<Section> sealedOthers = new HashSet<>();

    private PackCipher(PackHeader header, PackKey key, boolean maySeal) {
        this.header = header;
        this.key = key;
        this.binding = FrameCipher.Binding.of(key.key(), header);
        this.maySeal = maySeal;
    }

    /** For a new pack of the ring's newest generation; draws the pack's salt. */
    public static PackCipher sealing(KeyRing ring, PackClass packClass, SecureRandom random) {
        byte[] salt = new byte[PackHeader.SALT_LENGTH];
        random.nextBytes(salt);
        int generation = ring.generation();
        PackKey key = ring.packKey(packClass, generation, salt).orElseThrow();
        PackHeader header = new PackHeader(packClass, generation, ring.source(), salt, key.commitment());
        return new PackCipher(header, key, true);
    }

    /** For a pack that exists; compares the key commitment before anything is opened. */
    public static PackCipher opening(PackHeader header, PackKeys keys) throws PackException {
        if (!header.source().equals(keys.source())) {
            throw new ForeignPackException(
                    "the pack belongs to source " + header.source() + ", the keys to " + keys.source());
        }
        PackKey key = keys.packKey(header.packClass(), header.generation(), header.salt())
                .orElseThrow(() -> new ForeignPackException(
                        "no key for class " + header.packClass() + " of generation " + header.generation()));
        if (!key.committedBy(header.commitment())) {
            key.destroy();
            throw new SealBrokenException("the pack's header is damaged: its key commitment differs");
        }
        return new PackCipher(header, key, false);
    }

    public PackHeader header() {
        return header;
    }

    /**
     * Seals a section, which may be done once.
     *
     * @param out takes {@link Frames#sealedLength} octets from {@code to} on; not the array {@code in}
     * @return how many octets it took
     */
    public int seal(Section section, byte[] in, int from, int length, byte[] out, int to) {
        claim(section);
        FrameCipher cipher = FrameCipher.mine();
        int frames = (int) Frames.count(length);
        for (int frame = 0; frame < frames; frame++) {
            int done = frame * Frames.PLAIN;
            boolean last = frame == frames - 1;
            int plain = last ? length - done : Frames.PLAIN;
            cipher.seal(
                    binding,
                    new FrameCipher.Place(section, frame, last),
                    in,
                    from + done,
                    plain,
                    out,
                    to + frame * Frames.SEALED);
        }
        return (int) Frames.sealedLength(length);
    }

    /**
     * Opens a section.
     *
     * @param sealedLength the octets that it takes in the pack
     * @param out takes {@link Frames#plainLength} octets from {@code to} on; not the array {@code in}; zeroed there when
     *     the seal is broken
     * @return how many octets it took
     */
    public int open(Section section, byte[] in, int from, int sealedLength, byte[] out, int to) throws PackException {
        int length = (int) Frames.plainLength(sealedLength);
        if (length < 0) {
            throw new MalformedPackException(section + " cannot be " + sealedLength + " octets long");
        }
        try {
            openFrames(section, in, from, length, out, to);
        } catch (SealBrokenException e) {
            Arrays.fill(out, to, to + length, (byte) 0);
            throw e;
        }
        return length;
    }

    private void openFrames(Section section, byte[] in, int from, int length, byte[] out, int to)
            throws SealBrokenException {
        FrameCipher cipher = FrameCipher.mine();
        int frames = (int) Frames.count(length);
        for (int frame = 0; frame < frames; frame++) {
            int done = frame * Frames.PLAIN;
            boolean last = frame == frames - 1;
            int plain = last ? length - done : Frames.PLAIN;
            cipher.open(
                    binding,
                    new FrameCipher.Place(section, frame, last),
                    in,
                    from + frame * Frames.SEALED,
                    plain,
                    out,
                    to + done);
        }
    }

    private synchronized void claim(Section section) {
        if (!maySeal) {
            throw new IllegalStateException("a pack that was read is never sealed into");
        }
        boolean fresh;
        if (section.isSegment()) {
            fresh = !sealedSegments.get(section.number());
            sealedSegments.set(section.number());
        } else {
            fresh = sealedOthers.add(section);
        }
        if (!fresh) {
            throw new IllegalStateException(section + " of this pack was sealed before");
        }
    }

    @Override
    public void destroy() {
        key.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return key.isDestroyed();
    }

    @Override
    public String toString() {
        return "PackCipher[" + header + "]";
    }
}
