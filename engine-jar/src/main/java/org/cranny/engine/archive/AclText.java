package org.cranny.engine.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A POSIX ACL as the kernel keeps it in an attribute, as the text that archives carry: {@code user::rw-,user:1000:r--}
 * and so on, with numbers for names.
 */
final class AclText {
    private static final int VERSION = 2;
    private static final int ENTRY = 8;

    private AclText() {}

    /** Empty when the octets are no ACL of version 2. */
    static Optional<String> of(byte[] value) {
        if (value.length < 4 || (value.length - 4) % ENTRY != 0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != VERSION) {
            return Optional.empty();
        }
        StringJoiner text = new StringJoiner(",");
        while (in.hasRemaining()) {
            int tag = in.getShort() & 0xffff;
            int permissions = in.getShort() & 0xffff;
            long id = in.getInt() & 0xffff_ffffL;
            String who =
                    switch (tag) {
                        case 0x01 -> "user:";
                        case 0x02 -> "user:" + id;
                        case 0x04 -> "group:";
                        case 0x08 -> "group:" + id;
                        case 0x10 -> "mask:";
                        case 0x20 -> "other:";
                        default -> null;
                    };
            if (who == null) {
                return Optional.empty();
            }
            text.add(who + ":" + letter(permissions, 4, 'r') + letter(permissions, 2, 'w')
                    + letter(permissions, 1, 'x'));
        }
        return Optional.of(text.toString());
    }

    private static char letter(int permissions, int bit, char letter) {
        return (permissions & bit) != 0 ? letter : '-';
    }
}
