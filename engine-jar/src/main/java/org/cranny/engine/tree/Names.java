package org.cranny.engine.tree;

/** What may be a name in a directory: 1 to 255 octets, no slash, no NUL, not {@code .} and not {@code ..}. */
public final class Names {
    private Names() {}

    public static boolean isAllowed(byte[] name) {
        if (name.length == 0 || name.length > TreeLimits.NAME_SIZE || isDots(name)) {
            return false;
        }
        for (byte octet : name) {
            if (octet == '/' || octet == 0) {
                return false;
            }
        }
        return true;
    }

    static boolean hasNoNul(byte[] octets) {
        for (byte octet : octets) {
            if (octet == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }
}
