package org.cranny.engine.tree;

import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.FileType;

/** What an entry stands for, by type. */
public sealed interface Thing {
    FileType type();

    /** An ordinary file. The chunks cover {@code size} octets, or those of the data extents. */
    record File(long size, Content content, DataMap data) implements Thing {
        public File {
            TreeLimits.require(size >= 0, "negative size");
        }

        @Override
        public FileType type() {
            return FileType.FILE;
        }
    }

    /** A directory: its node, to be read with {@link Nodes}. */
    record Directory(ChunkId node) implements Thing {
        @Override
        public FileType type() {
            return FileType.DIRECTORY;
        }
    }

    /** A symbolic link and where it points: 1 to 4,095 raw octets. The array is shared: treat it as read-only. */
    @SuppressWarnings("ArrayRecordComponent")
    record Symlink(byte[] target) implements Thing {
        public Symlink {
            TreeLimits.require(
                    target.length >= 1 && target.length <= TreeLimits.LINK_TARGET_SIZE && Names.hasNoNul(target),
                    "a link target has 1 to 4095 octets without NUL");
        }

        @Override
        public FileType type() {
            return FileType.SYMLINK;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Symlink that && java.util.Arrays.equals(target, that.target);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(target);
        }
    }

    /** A fifo, a socket or a device; the numbers are zero except for devices. */
    record Special(FileType type, long major, long minor) implements Thing {
        public Special {
            boolean special = type == FileType.FIFO || type == FileType.SOCKET || type.isDevice();
            TreeLimits.require(special, "not a special file: " + type);
            TreeLimits.require(type.isDevice() || (major == 0 && minor == 0), "a device number without a device");
            TreeLimits.require(major >>> 32 == 0 && minor >>> 32 == 0, "device number out of range");
        }
    }
}
