package org.cranny.protocol.snapshot;

import org.cranny.protocol.octets.MalformedException;

/** What a pack holds; data, tree and index packs have keys of their own and are kept apart. */
public enum PackClass {
    DATA(1),
    TREE(2),
    INDEX(3);

    private final int code;

    PackClass(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static PackClass of(int code) throws MalformedException {
        for (PackClass value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        throw new MalformedException("there is no pack class " + code);
    }
}
