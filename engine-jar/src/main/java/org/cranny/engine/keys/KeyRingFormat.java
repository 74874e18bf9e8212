package org.cranny.engine.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/** The octets of a key ring and of browse keys, as {@code docs/format/keys.md} has them. */
final class KeyRingFormat {
    private static final byte[] MAGIC = {'C', 'R', 'N', 'Y', 'K', 'R', 0, 1};
    private static final int CHECKSUM_LENGTH = 32;

    private KeyRingFormat() {}

    static byte[] encode(SystemId source, Secret dedupKey, SortedMap<Integer, Secret> roots) {
        OctetWriter out = new OctetWriter().raw(MAGIC);
        source.write(out);
        putSecret(out, dedupKey);
        out.varint(roots.size());
        roots.forEach((generation, root) -> putSecret(out.varint(generation), root));
        byte[] body = out.toByteArray();
        byte[] octets = out.raw(sha256(body, body.length)).toByteArray();
        Arrays.fill(body, (byte) 0);
        return octets;
    }

    static KeyRing decode(byte[] octets) throws KeysUnreadableException {
        int body = octets.length - CHECKSUM_LENGTH;
        if (body < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(octets, MAGIC.length))) {
            throw new KeysUnreadableException("this is not a key ring of version 1");
        }
        byte[] checksum = Arrays.copyOfRange(octets, body, octets.length);
        if (!MessageDigest.isEqual(checksum, sha256(octets, body))) {
            throw new KeysUnreadableException("the key ring is damaged: its checksum differs");
        }
        try {
            return decodeBody(new OctetReader(octets, MAGIC.length, body - MAGIC.length));
        } catch (MalformedException e) {
            throw new KeysUnreadableException("the key ring is damaged: " + e.getMessage(), e);
        }
    }

    private static KeyRing decodeBody(OctetReader in) throws MalformedException {
        SystemId source = SystemId.read(in);
        Secret dedupKey = takeSecret(in);
        TreeMap<Integer, Secret> roots = new TreeMap<>();
        int previous = 0;
        for (int left = takeCount(in); left > 0; left--) {
            previous = takeGeneration(in, previous);
            roots.put(previous, takeSecret(in));
        }
        in.end();
        return new KeyRing(source, dedupKey, roots);
    }

    static int takeCount(OctetReader in) throws MalformedException {
        int count = in.count(1 + Derivations.KEY_LENGTH);
        if (count == 0) {
            throw new MalformedException("there is no generation");
        }
        return count;
    }

    static int takeGeneration(OctetReader in, int previous) throws MalformedException {
        long generation = in.varint();
        if (generation <= previous || generation > Integer.MAX_VALUE) {
            throw new MalformedException("the generations do not rise");
        }
        return (int) generation;
    }

    static void putSecret(OctetWriter out, Secret secret) {
        byte[] octets = secret.bytes();
        out.raw(octets);
        Arrays.fill(octets, (byte) 0);
    }

    static Secret takeSecret(OctetReader in) throws MalformedException {
        byte[] octets = in.raw(Derivations.KEY_LENGTH);
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
