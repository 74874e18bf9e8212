package org.cranny.engine.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.sealing.Section;
import org.cranny.engine.segment.SealedSegment;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Writes one pack into the spool, front to back: what it names in {@link #finish()} opens again, whole.
 *
 * <p>Life: {@link #create created}; numbers handed out by {@link #nextNumber()} to workers, who seal with
 * {@link #cipher()}; their segments {@link #append appended} in the order of their numbers, until {@link #isFull()};
 * {@link #finish() finished}, which gives the file its name {@code ID.pack}. Closed before that, it leaves nothing.
 * The spool is not fsynced: after a crash a pack is made again. One thread appends and finishes.
 *
 * <p>Format: {@code docs/format/pack.md}.
 */
public final class PackWriter implements AutoCloseable {
    /** A pack that has so many sealed octets takes no more segments. */
    public static final int TARGET = 16 << 20;

    /** A pack whose footer is so long takes no more segments, however small they are. */
    private static final int FOOTER_TARGET = 1 << 20;

    private static final int CHUNK_IN_FOOTER = ChunkId.LENGTH + 4;
    private static final int PART_NAME_OCTETS = 16;

    private final PackCipher cipher;
    private final Path spool;
    private final Path part;
    private final HashedFile file;
    private final List<PackFooter.Segment> segments = new ArrayList<>();
    private int handedOut;
    private int footerLength;

    private PackWriter(PackCipher cipher, Path spool, Path part) throws IOException {
        this.cipher = cipher;
        this.spool = spool;
        this.part = part;
        this.file = new HashedFile(part);
    }

    /** Begins a pack of the ring's newest generation in a folder that exists. */
    public static PackWriter create(Path spool, KeyRing ring, PackClass packClass, SecureRandom random)
            throws IOException {
        byte[] name = new byte[PART_NAME_OCTETS];
        random.nextBytes(name);
        PackCipher cipher = PackCipher.sealing(ring, packClass, random);
        PackWriter writer =
                new PackWriter(cipher, spool, spool.resolve(HexFormat.of().formatHex(name) + ".part"));
        writer.begin();
        return writer;
    }

    private void begin() throws IOException {
        try {
            file.write(cipher.header().bytes(), PackHeader.LENGTH);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Seals this pack's segments; may be used by many threads at once. */
    public PackCipher cipher() {
        return cipher;
    }

    /** The number of the next segment; each is given out once and must be appended before the pack is finished. */
    public int nextNumber() {
        return handedOut++;
    }

    /** Whether the pack has enough, by octets or by chunks; asked between segments. */
    public boolean isFull() {
        return file.length() >= TARGET || footerLength >= FOOTER_TARGET;
    }

    /** The octets written so far. */
    public long length() {
        return file.length();
    }

    /** Writes a segment and closes it. */
    public void append(SealedSegment segment) throws IOException {
        try (segment) {
            if (segment.number() != segments.size()) {
                throw new IllegalStateException(
                        "segment " + segment.number() + " came when " + segments.size() + " was due");
            }
            segments.add(new PackFooter.Segment(segment.at(file.length()), segment.chunks()));
            footerLength += CHUNK_IN_FOOTER * (segment.chunks().size() + 1);
            file.write(segment.octets(), segment.length());
        }
    }

    /** Writes footer, padding and trailer, and gives the file its name. */
    public WrittenPack finish() throws IOException {
        if (segments.isEmpty() || segments.size() != handedOut) {
            throw new IllegalStateException(segments.size() + " of " + handedOut + " segments were appended");
        }
        PackFooter footer = new PackFooter(segments);
        byte[] plain = footer.encode();
        Trailer trailer = new Trailer(file.length(), plain.length, segments.size());
        write(Section.FOOTER, plain);
        write(Section.PADDING, new byte[Padding.length(file.length())]);
        write(Section.TRAILER, trailer.encode());
        file.close();
        WrittenPack pack = name(footer);
        cipher.destroy();
        return pack;
    }

    private WrittenPack name(PackFooter footer) throws IOException {
        var id = file.finish();
        Path named = spool.resolve(id + ".pack");
        Files.move(part, named, StandardCopyOption.ATOMIC_MOVE);
        return new WrittenPack(id, cipher.header(), file.length(), named, footer);
    }

    private void write(Section section, byte[] plain) throws IOException {
        byte[] sealed = new byte[(int) Frames.sealedLength(plain.length)];
        cipher.seal(section, plain, 0, plain.length, sealed, 0);
        verify(section, plain, sealed);
        file.write(sealed, sealed.length);
    }

    private void verify(Section section, byte[] plain, byte[] sealed) throws IOException {
        byte[] back = new byte[plain.length];
        try {
            cipher.open(section, sealed, 0, sealed.length, back, 0);
        } catch (PackException e) {
            throw new IOException(section + " could not be read back after sealing", e);
        }
        if (!Arrays.equals(plain, back)) {
            throw new IOException(section + " was read back different after sealing");
        }
    }

    /** Drops the pack unless it was finished. */
    @Override
    public void close() throws IOException {
        cipher.destroy();
        file.close();
        Files.deleteIfExists(part);
    }
}
