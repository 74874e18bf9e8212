package org.cranny.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Files for tests: the same seed gives the same octets. */
final class Contents {

    private static final int BLOCK = 1 << 20;

    private Contents() {}

    /** A file of octets that do not compress. */
    static Path noise(Path file, long length, long seed) {
        Random random = new Random(seed);
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = length; left > 0; left -= BLOCK) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(left, BLOCK));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path text(Path file, String text) {
        try {
            return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with some small files in folders, some noise and some text. */
    static Path tree(Path folder, int files, long seed) {
        Random random = new Random(seed);
        try {
            for (int i = 0; i < files; i++) {
                Path parent = Files.createDirectories(folder.resolve("folder-" + i % 10));
                if (i % 2 == 0) {
                    noise(parent.resolve("noise-" + i), random.nextInt(40_000), random.nextLong());
                } else {
                    text(parent.resolve("text-" + i), ("line of file " + i + "\n").repeat(random.nextInt(2_000)));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flips one bit where it stands. */
    static void flipBit(Path file, long offset) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer octet = ByteBuffer.allocate(1);
            channel.read(octet, offset);
            octet.put(0, (byte) (octet.get(0) ^ 1)).rewind();
            channel.write(octet, offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
