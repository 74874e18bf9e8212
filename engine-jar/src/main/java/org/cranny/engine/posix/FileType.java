package org.cranny.engine.posix;

/** What a name in a directory stands for. {@code modeBits} are the type bits of {@code st_mode}. */
public enum FileType {
    FILE(0100000, "file"),
    DIRECTORY(0040000, "directory"),
    SYMLINK(0120000, "symbolic link"),
    FIFO(0010000, "fifo"),
    SOCKET(0140000, "socket"),
    CHARACTER(0020000, "character device"),
    BLOCK(0060000, "block device");

    private static final int TYPE_MASK = 0170000;

    private final int modeBits;
    private final String words;

    FileType(int modeBits, String words) {
        this.modeBits = modeBits;
        this.words = words;
    }

    /** The type in {@code st_mode}; throws for bits that Linux does not know. */
    public static FileType ofMode(int mode) {
        for (FileType type : values()) {
            if ((mode & TYPE_MASK) == type.modeBits) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown file type in mode " + Integer.toOctalString(mode));
    }

    public int modeBits() {
        return modeBits;
    }

    public boolean isDevice() {
        return this == CHARACTER || this == BLOCK;
    }

    @Override
    public String toString() {
        return words;
    }
}
