package org.cranny.engine.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.PackClass;

/** Every derivation of {@code docs/format/keys.md}, and no other. */
final class Derivations {
    static final int KEY_LENGTH = 32;
    static final int GEAR_ENTRIES = 256;

    private static final byte[] NO_SALT = {};

    private Derivations() {}

    static Secret classKey(Secret root, PackClass packClass) {
        return derive(
                root,
                NO_SALT,
                ascii(
                        switch (packClass) {
                            case DATA -> "cranny 1 data";
                            case TREE -> "cranny 1 tree";
                            case INDEX -> "cranny 1 index";
                        }));
    }

    static PackKey packKey(Secret classKey, SystemId source, int generation, byte[] salt) {
        byte[] label = ascii("cranny 1 pack");
        byte[] info = ByteBuffer.allocate(label.length + SystemId.OCTETS + Integer.BYTES)
                .put(label)
                .put(source.tag())
                .putInt(generation)
                .array();
        byte[] output = Hkdf.derive(classKey, salt, info, KEY_LENGTH + PackKey.COMMITMENT_LENGTH);
        Secret key = Secret.of(output, 0, KEY_LENGTH);
        byte[] commitment = Arrays.copyOfRange(output, KEY_LENGTH, output.length);
        Arrays.fill(output, (byte) 0);
        return new PackKey(key, commitment);
    }

    static Secret labelKey(Secret treeKey, long manifestVersion) {
        byte[] label = ascii("cranny 1 label");
        byte[] info = ByteBuffer.allocate(label.length + Long.BYTES)
                .put(label)
                .putLong(manifestVersion)
                .array();
        return derive(treeKey, NO_SALT, info);
    }

    static Secret linkKey(Secret dedupKey) {
        return derive(dedupKey, NO_SALT, ascii("cranny 1 link"));
    }

    static long[] gearTable(Secret dedupKey) {
        byte[] output = Hkdf.derive(dedupKey, NO_SALT, ascii("cranny 1 gear"), GEAR_ENTRIES * Long.BYTES);
        long[] gear = new long[GEAR_ENTRIES];
        ByteBuffer.wrap(output).asLongBuffer().get(gear);
        return gear;
    }

    static byte[] ascii(String label) {
        return label.getBytes(US_ASCII);
    }

    private static Secret derive(Secret inputKey, byte[] salt, byte[] info) {
        byte[] output = Hkdf.derive(inputKey, salt, info, KEY_LENGTH);
        Secret key = Secret.of(output);
        Arrays.fill(output, (byte) 0);
        return key;
    }
}
