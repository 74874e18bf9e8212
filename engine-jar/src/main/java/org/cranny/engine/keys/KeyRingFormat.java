package org.cranny.engine.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** The octets of a key ring, as {@code docs/format/keys.md} has them. */
final class KeyRingFormat {
    private static final byte[] MAGIC = {'C', 'R', 'N', 'Y', 'K', 'R', 0, 1};
    private static final int CHECKSUM_LENGTH = 32;
    private static final int FIXED_LENGTH = MAGIC.length + SourceTag.LENGTH + Derivations.KEY_LENGTH;

    private KeyRingFormat() {}

    static byte[] encode(SourceTag source, Secret dedupKey, SortedMap<Integer, Secret> roots) {
        int room = FIXED_LENGTH
                + GenerationNumbers.MAX_LENGTH
                + roots.size() * (GenerationNumbers.MAX_LENGTH + Derivations.KEY_LENGTH)
                + CHECKSUM_LENGTH;
        ByteBuffer out = ByteBuffer.allocate(room);
        out.put(MAGIC).put(source.bytes());
        putSecret(out, dedupKey);
        GenerationNumbers.write(out, roots.size());
        roots.forEach((generation, root) -> {
            GenerationNumbers.write(out, generation);
            putSecret(out, root);
        });
        out.put(sha256(out.array(), out.position()));
        byte[] octets = Arrays.copyOf(out.array(), out.position());
        Arrays.fill(out.array(), (byte) 0);
        return octets;
    }

    static KeyRing decode(byte[] octets) throws KeysUnreadableException {
        int body = octets.length - CHECKSUM_LENGTH;
        if (body < FIXED_LENGTH || !Arrays.equals(MAGIC, Arrays.copyOf(octets, MAGIC.length))) {
            throw new KeysUnreadableException("this is not a key ring of version 1");
        }
        byte[] checksum = Arrays.copyOfRange(octets, body, octets.length);
        if (!MessageDigest.isEqual(checksum, sha256(octets, body))) {
            throw new KeysUnreadableException("the key ring is damaged: its checksum differs");
        }
        return decodeBody(ByteBuffer.wrap(octets, MAGIC.length, body - MAGIC.length));
    }

    private static KeyRing decodeBody(ByteBuffer in) throws KeysUnreadableException {
        byte[] tag = new byte[SourceTag.LENGTH];
        in.get(tag);
        Secret dedupKey = takeSecret(in);
        TreeMap<Integer, Secret> roots = new TreeMap<>();
        int previous = 0;
        for (int left = GenerationNumbers.read(in); left > 0; left--) {
            int generation = GenerationNumbers.readAbove(in, previous);
            roots.put(generation, takeSecret(in));
            previous = generation;
        }
        if (in.hasRemaining()) {
            throw new KeysUnreadableException("the key ring is followed by " + in.remaining() + " stray octets");
        }
        return new KeyRing(SourceTag.of(tag), dedupKey, roots);
    }

    static void putSecret(ByteBuffer out, Secret secret) {
        byte[] octets = secret.bytes();
        out.put(octets);
        Arrays.fill(octets, (byte) 0);
    }

    static Secret takeSecret(ByteBuffer in) throws KeysUnreadableException {
        if (in.remaining() < Derivations.KEY_LENGTH) {
            throw new KeysUnreadableException("the keys end in the middle of one");
        }
        byte[] octets = new byte[Derivations.KEY_LENGTH];
        in.get(octets);
        Secret secret = Secret.of(octets);
        Arrays.fill(octets, (byte) 0);
        return secret;
    }

    private static byte[] sha256(byte[] octets, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(octets, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
