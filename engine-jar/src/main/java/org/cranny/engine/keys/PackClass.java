package org.cranny.engine.keys;

import java.util.Optional;

/**
 * Says what a pack carries, and so which class key opens it: whoever may browse gets the tree and index keys, and no
 * one's data.
 *
 * <p>Source of the numbers: {@code docs/format/pack.md}.
 */
public enum PackClass {
    /** Contents of files. */
    DATA(1, "cranny 1 data"),
    /** Directory nodes. */
    TREE(2, "cranny 1 tree"),
    /** Footers of other packs. */
    INDEX(3, "cranny 1 index");

    private final int code;
    private final String label;

    PackClass(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The octet that stands for the class in a pack's header. */
    public int code() {
        return code;
    }

    /** The derivation label of the class key. */
    String label() {
        return label;
    }

    /** The class with this octet, or empty for an octet that stands for none. */
    public static Optional<PackClass> ofCode(int code) {
        return switch (code) {
            case 1 -> Optional.of(DATA);
            case 2 -> Optional.of(TREE);
            case 3 -> Optional.of(INDEX);
            default -> Optional.empty();
        };
    }
}
