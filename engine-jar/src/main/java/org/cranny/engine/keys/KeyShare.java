package org.cranny.engine.keys;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * One person's part of a private key of 32 octets: as many as the threshold make the key, fewer say nothing about it
 * (Shamir's secret sharing over GF(256), octet by octet).
 *
 * <p>A share of another split, or a wrong one, makes another key and no error: whoever joins compares the key with its
 * public half ({@link Escrow#isKeyOf}). Format: {@code docs/format/keys.md}.
 */
public final class KeyShare implements Destroyable {
    private static final byte[] MAGIC = {'C', 'R', 'N', 'Y', 'S', 'H', 0, 1};
    private static final int SPLIT_OCTETS = 16;
    private static final int MOST = 255;

    private final byte[] split;
    private final int threshold;
    private final int number;
    private final Secret octets;

    private KeyShare(byte[] split, int threshold, int number, Secret octets) {
        this.split = split;
        this.threshold = threshold;
        this.number = number;
        this.octets = octets;
    }

    /**
     * Splits a key.
     *
     * @param threshold how many shares make the key, 2 or more
     * @param count how many shares there are, at least {@code threshold}, at most 255
     */
    public static List<KeyShare> split(Secret key, int threshold, int count, SecureRandom random) {
        if (threshold < 2 || count < threshold || count > MOST) {
            throw new IllegalArgumentException(threshold + " of " + count + " shares cannot be meant");
        }
        byte[] id = new byte[SPLIT_OCTETS];
        random.nextBytes(id);
        byte[] whole = key.bytes();
        try {
            ShamirSecretSplitter splitter =
                    ShamirSecretSplitter.getInstance(ShamirSecretSplitter.Algorithm.AES, whole.length, random);
            List<KeyShare> shares = new ArrayList<>();
            for (ShamirSplitSecretShare part :
                    splitter.resplit(whole, threshold, count).getSecretShares()) {
                byte[] octets = part.getEncoded();
                shares.add(new KeyShare(id, threshold, shares.size() + 1, Secret.of(octets)));
                Arrays.fill(octets, (byte) 0);
            }
            return List.copyOf(shares);
        } catch (IOException e) {
            throw new IllegalStateException("splitting a key failed", e);
        } finally {
            Arrays.fill(whole, (byte) 0);
        }
    }

    /**
     * Makes a key of shares.
     *
     * @param shares of one split, of different numbers, at least as many as its threshold
     * @throws KeysUnreadableException when they are too few or do not belong together
     */
    public static Secret join(Collection<KeyShare> shares) throws KeysUnreadableException {
        List<KeyShare> parts = List.copyOf(shares);
        if (parts.isEmpty() || parts.size() < parts.get(0).threshold) {
            throw new KeysUnreadableException("there are too few shares");
        }
        boolean together = parts.stream().allMatch(each -> Arrays.equals(each.split, parts.get(0).split))
                && parts.stream().map(KeyShare::number).distinct().count() == parts.size();
        if (!together) {
            throw new KeysUnreadableException("these shares do not belong together");
        }
        List<byte[]> copies = new ArrayList<>();
        try {
            ShamirSplitSecretShare[] enough = new ShamirSplitSecretShare[parts.get(0).threshold];
            for (int i = 0; i < enough.length; i++) {
                byte[] copy = parts.get(i).octets.bytes();
                copies.add(copy);
                enough[i] = new ShamirSplitSecretShare(copy, parts.get(i).number);
            }
            byte[] whole = ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, enough)
                    .getSecret();
            copies.add(whole);
            return Secret.of(whole);
        } catch (IOException | ArithmeticException e) {
            throw new KeysUnreadableException("these shares make no key", e);
        } finally {
            copies.forEach(copy -> Arrays.fill(copy, (byte) 0));
        }
    }

    /** Reads what {@link #encode()} wrote. The caller wipes the octets. */
    public static KeyShare decode(byte[] encoded) throws KeysUnreadableException {
        try {
            OctetReader in = new OctetReader(encoded).expect(MAGIC);
            byte[] split = in.raw(SPLIT_OCTETS);
            int threshold = in.u8();
            int number = in.u8();
            Secret octets = KeyRingFormat.takeSecret(in);
            in.end();
            if (threshold < 2 || number < 1) {
                throw new MalformedException("its numbers cannot be meant");
            }
            return new KeyShare(split, threshold, number, octets);
        } catch (MalformedException e) {
            throw new KeysUnreadableException("this is no share of a key: " + e.getMessage(), e);
        }
    }

    /** The share in clear; the caller keeps the octets secret and wipes them. */
    public byte[] encode() {
        OctetWriter out = new OctetWriter().raw(MAGIC).raw(split).u8(threshold).u8(number);
        KeyRingFormat.putSecret(out, octets);
        return out.toByteArray();
    }

    /** Names the split that it belongs to, hex. */
    public String split() {
        return HexFormat.of().formatHex(split);
    }

    public int threshold() {
        return threshold;
    }

    /** From 1 on. */
    public int number() {
        return number;
    }

    @Override
    public void destroy() {
        octets.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return octets.isDestroyed();
    }

    @Override
    public String toString() {
        return "KeyShare[" + number + " of split " + split().substring(0, 8) + ", redacted]";
    }
}
