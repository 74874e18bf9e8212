package org.cranny.daemon.shelf;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.cranny.daemon.identity.Home;

/** The few acts on the disk whose order makes a fragment durable. */
interface Disk {

    /** A file that is being written and that nobody sees yet. */
    interface Part extends Closeable {
        void write(ByteBuffer octets) throws IOException;

        /** Returns when octets and length are on the disk. */
        void force() throws IOException;
    }

    Part create(Path part) throws IOException;

    /** Makes a folder, and its name durable. */
    void makeFolder(Path folder) throws IOException;

    void move(Path from, Path to) throws IOException;

    /** Sets the time that a file carries. */
    void stamp(Path file, Instant time) throws IOException;

    void delete(Path file) throws IOException;

    /** Returns when the names in the folder are on the disk. */
    void forceFolder(Path folder) throws IOException;

    /** Returns when a file written earlier is on the disk. */
    void forceFile(Path file) throws IOException;

    static Disk real() {
        return new Disk() {
            @Override
            public Part create(Path part) throws IOException {
                FileChannel out = FileChannel.open(
                        Files.createFile(
                                part,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                        StandardOpenOption.WRITE);
                return new RealPart(part, out);
            }

            @Override
            public void makeFolder(Path folder) throws IOException {
                Home.makeFolder(folder);
            }

            @Override
            public void move(Path from, Path to) throws IOException {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            }

            @Override
            public void stamp(Path file, Instant time) throws IOException {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }

            @Override
            public void delete(Path file) throws IOException {
                Files.delete(file);
            }

            @Override
            public void forceFolder(Path folder) throws IOException {
                forceFile(folder);
            }

            @Override
            public void forceFile(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        };
    }

    /** On the file system; read-only from the moment that it is forced. */
    record RealPart(Path file, FileChannel out) implements Part {
        @Override
        public void write(ByteBuffer octets) throws IOException {
            while (octets.hasRemaining()) {
                out.write(octets);
            }
        }

        @Override
        public void force() throws IOException {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            out.force(true);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
