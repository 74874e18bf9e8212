package org.cranny.engine.archive;

import java.util.Optional;

/** Kinds of archives, by the ending of their names. */
public enum Format {
    TAR("tar"),
    TAR_GZ("tar.gz"),
    TAR_ZST("tar.zst"),
    ZIP("zip");

    private final String ending;

    Format(String ending) {
        this.ending = ending;
    }

    public String ending() {
        return ending;
    }

    /** By the ending alone, for example {@code tar.gz}. */
    public static Optional<Format> ofEnding(String ending) {
        for (Format format : values()) {
            if (format.ending.equals(ending)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** By a file's name. */
    public static Optional<Format> ofName(String name) {
        if (name.endsWith(".tgz")) {
            return Optional.of(TAR_GZ);
        }
        for (Format format : values()) {
            if (name.endsWith("." + format.ending)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
