package org.cranny.engine.keys;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * Seals a stream of any length with a passphrase, in frames, and opens it again. Nothing leaves {@link #open} that was
 * not sealed with the same passphrase, in the same place of the same stream; a stream that was cut off fails at its end.
 * Memory is one frame and what Argon2id takes.
 *
 * <p>Layout, in octets ({@code docs/format/passphrase.md}): magic (8), Argon2id memory in KiB (u32), passes (u32), lanes
 * (u8), salt (16), then frames of 65,536 octets, each AES-256-GCM with its tag of 16, the last one shorter, maybe empty.
 * Nonce: number of the frame (u64), three zeros, 1 for the last frame, else 0. Additional data: everything before the
 * first frame, then what the caller binds.
 */
public final class PassphraseSeal {
    /** Shorter passphrases are refused when something is sealed. */
    public static final int SHORTEST_PASSPHRASE = 10;

    static final int FRAME = 65_536;

    private static final int TAG = 16;
    private static final int KEY_OCTETS = 32;
    private static final int SALT_OCTETS = 16;
    private static final int MEMORY_KIB = 65_536;
    private static final int PASSES = 3;
    private static final int LANES = 1;
    private static final int MOST_MEMORY_KIB = 1 << 20;
    private static final int MOST_PASSES = 64;

    private final byte[] magic;

    /** @param magic eight octets: kind and version of what is sealed */
    public PassphraseSeal(String magic) {
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * What is written to the answer arrives sealed in {@code out}; closing the answer writes the last frame and leaves
     * {@code out} open.
     *
     * @param bound further octets that must be the same when it is opened
     * @throws IllegalArgumentException when the passphrase is shorter than {@link #SHORTEST_PASSPHRASE}
     */
    public OutputStream seal(OutputStream out, byte[] bound, char[] passphrase, SecureRandom random)
            throws IOException {
        if (passphrase.length < SHORTEST_PASSPHRASE || new String(passphrase).isBlank()) {
            throw new IllegalArgumentException(
                    "A passphrase has at least " + SHORTEST_PASSPHRASE + " characters. Take a longer one.");
        }
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return seal(out, bound, passphrase, salt);
    }

    OutputStream seal(OutputStream out, byte[] bound, char[] passphrase, byte[] salt) throws IOException {
        byte[] head = new OctetWriter()
                .raw(magic)
                .u32(MEMORY_KIB)
                .u32(PASSES)
                .u8(LANES)
                .raw(salt)
                .toByteArray();
        out.write(head);
        return new Sealing(out, new Frames(derive(passphrase, salt, MEMORY_KIB, PASSES, LANES), head, bound));
    }

    /**
     * What was sealed, in clear. The first frame is opened at once.
     *
     * @param bound as when it was sealed
     * @throws KeysUnreadableException when the passphrase is wrong, or this is nothing that was sealed so; reading the
     *     answer throws it too, when a later frame was changed or is missing
     */
    public InputStream open(InputStream in, byte[] bound, char[] passphrase) throws IOException {
        byte[] head = in.readNBytes(magic.length + 4 + 4 + 1 + SALT_OCTETS);
        try {
            OctetReader reader = new OctetReader(head).expect(magic);
            long memory = reader.u32();
            long passes = reader.u32();
            int lanes = reader.u8();
            if (memory < 8 || memory > MOST_MEMORY_KIB || passes < 1 || passes > MOST_PASSES || lanes < 1) {
                throw new MalformedException("the numbers of its key derivation are out of bounds");
            }
            requireRoom(memory, Runtime.getRuntime().maxMemory());
            byte[] key = derive(passphrase, reader.raw(SALT_OCTETS), (int) memory, (int) passes, lanes);
            return new Opening(in, new Frames(key, head, bound));
        } catch (MalformedException e) {
            throw new KeysUnreadableException("this was not sealed by this version: " + e.getMessage(), e);
        }
    }

    /** A quarter of the heap is for others. @param heap octets */
    static void requireRoom(long memoryKib, long heap) throws KeysUnreadableException {
        if (memoryKib > (heap >> 10) / 4 * 3) {
            throw new KeysUnreadableException("to open this takes " + (memoryKib >> 10)
                    + " MiB of memory, more than three quarters of what this program may have; give Java more (-Xmx)");
        }
    }

    private static byte[] derive(char[] passphrase, byte[] salt, int memoryKib, int passes, int lanes) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] key = new byte[KEY_OCTETS];
        generator.generateBytes(passphrase, key);
        return key;
    }

    /** Ciphers for one frame after the other; a number is used once. */
    private static final class Frames {
        private final byte[] key;
        private final byte[] head;
        private final byte[] bound;
        private long next;

        Frames(byte[] key, byte[] head, byte[] bound) {
            this.key = key;
            this.head = head;
            this.bound = bound;
        }

        byte[] run(int mode, byte[] octets, int length, boolean last) throws GeneralSecurityException {
            byte[] nonce =
                    ByteBuffer.allocate(12).putLong(next++).putInt(last ? 1 : 0).array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(head);
            cipher.updateAAD(bound);
            return cipher.doFinal(octets, 0, length);
        }

        void forget() {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static final class Sealing extends OutputStream {
        private final OutputStream out;
        private final Frames frames;
        private final byte[] frame = new byte[FRAME];
        private int filled;
        private boolean closed;

        Sealing(OutputStream out, Frames frames) {
            this.out = out;
            this.frames = frames;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            int from = offset;
            while (from < offset + length) {
                if (filled == FRAME) {
                    end(false);
                }
                int count = Math.min(FRAME - filled, offset + length - from);
                System.arraycopy(octets, from, frame, filled, count);
                filled += count;
                from += count;
            }
        }

        private void end(boolean last) throws IOException {
            try {
                out.write(frames.run(Cipher.ENCRYPT_MODE, frame, filled, last));
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no AES-GCM", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                if (filled == FRAME) {
                    end(false);
                }
                end(true);
                Arrays.fill(frame, (byte) 0);
                frames.forget();
                out.flush();
            }
        }
    }

    private static final class Opening extends InputStream {
        private final BufferedInputStream in;
        private final Frames frames;
        private byte[] plain;
        private int at;
        private boolean last;

        Opening(InputStream in, Frames frames) throws IOException {
            this.in = new BufferedInputStream(in, FRAME + TAG);
            this.frames = frames;
            next("The passphrase is not the right one, or the file was changed.");
        }

        private void next(String trouble) throws IOException {
            byte[] sealed = in.readNBytes(FRAME + TAG);
            last = sealed.length < FRAME + TAG;
            try {
                if (sealed.length < TAG) {
                    throw new EOFException();
                }
                plain = frames.run(Cipher.DECRYPT_MODE, sealed, sealed.length, last);
                at = 0;
            } catch (AEADBadTagException | EOFException e) {
                throw new KeysUnreadableException(trouble, e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no AES-GCM", e);
            }
        }

        private boolean more() throws IOException {
            while (at == plain.length) {
                if (last) {
                    return false;
                }
                next("The file was changed or cut off.");
            }
            return true;
        }

        @Override
        public int read() throws IOException {
            return more() ? plain[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int count = Math.min(length, plain.length - at);
            System.arraycopy(plain, at, octets, offset, count);
            at += count;
            return count;
        }

        @Override
        public void close() {
            Arrays.fill(plain, (byte) 0);
            frames.forget();
        }
    }
}
