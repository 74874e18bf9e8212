import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Makes folders to be backed up, the same octets each time: {@code java bench/Corpus.java many|tiny|media|big FOLDER NUMBER}.
 *
 * <ul>
 *   <li>many: NUMBER files of 0 to 16 KiB of text, a thousand in a folder.
 *   <li>tiny: the same with files of 0 to 1 KiB.
 *   <li>media: NUMBER files of 4 MiB that no compression makes shorter.
 *   <li>big: one file of 20 GiB with data in the first quarter of each GiB, as a disk image has it, in its version NUMBER.
 *       Versions differ in a tenth of the pages, in runs of 64.
 * </ul>
 */
public final class Corpus {
    private static final int MEDIUM = 4 << 20;
    private static final long GIB = 1L << 30;
    private static final int GIBS = 20;
    private static final int RUN = 64 * 4096;
    private static final int RUNS_IN_A_GIB = (int) (GIB / 4 / RUN);
    private static final byte[] TEXT = text();

    private Corpus() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        int number = Integer.parseInt(args[2]);
        switch (args[0]) {
            case "many" -> texts(folder, number, 16 << 10);
            case "tiny" -> texts(folder, number, 1 << 10);
            case "media" -> media(folder, number);
            case "big" -> big(folder.resolve("disk.img"), number);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void texts(Path folder, int files, int longest) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < files; i++) {
            Path in = folder.resolve(String.format("%04d", i / 1000));
            if (i % 1000 == 0) {
                Files.createDirectories(in);
            }
            int length = random.nextInt(longest + 1);
            byte[] octets = new byte[length];
            System.arraycopy(TEXT, random.nextInt(TEXT.length - length), octets, 0, length);
            for (int at = 0; at < length; at += 97) {
                octets[at] = (byte) ('a' + random.nextInt(26));
            }
            Files.write(in.resolve("file-" + i + ".txt"), octets);
        }
    }

    private static void media(Path folder, int files) throws IOException {
        Random random = new Random(2);
        byte[] octets = new byte[MEDIUM];
        for (int i = 0; i < files; i++) {
            random.nextBytes(octets);
            Files.write(folder.resolve("film-" + i + ".bin"), octets);
        }
    }

    private static void big(Path file, int version) throws IOException {
        boolean fresh = !Files.exists(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int gib = 0; gib < GIBS; gib++) {
                for (int run = 0; run < RUNS_IN_A_GIB; run++) {
                    boolean changes = (run + gib) % 10 == 0;
                    if (fresh || changes) {
                        write(channel, gib * GIB + (long) run * RUN, gib * 100_003L + run + (changes ? version << 20 : 0));
                    }
                }
            }
        }
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(GIBS * GIB);
        }
    }

    /** A run of pages, half of them text and half of them noise. */
    private static void write(FileChannel channel, long at, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] octets = new byte[RUN];
        random.nextBytes(octets);
        int from = random.nextInt(TEXT.length - RUN / 2);
        System.arraycopy(TEXT, from, octets, 0, RUN / 2);
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
    }

    /** A megabyte of words. */
    private static byte[] text() {
        Random random = new Random(3);
        String[] words = new String[4000];
        for (int i = 0; i < words.length; i++) {
            StringBuilder word = new StringBuilder();
            for (int letters = 2 + random.nextInt(9); letters > 0; letters--) {
                word.append((char) ('a' + (int) Math.abs(random.nextGaussian() * 8) % 26));
            }
            words[i] = word.toString();
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < 1 << 20) {
            text.append(words[(int) Math.min(3999, Math.abs(random.nextGaussian() * 900))]).append(' ');
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
