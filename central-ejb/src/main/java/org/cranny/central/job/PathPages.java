package org.cranny.central.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * A list of paths on its way into the database: checked, cut into pages, each page packed and sealed and put into a
 * file of this request's own. However long the list is, one page of it is in memory. The file goes with {@link #close}.
 */
final class PathPages implements AutoCloseable {
    static final int MOST_PATHS = 1_000_000;
    private static final int PATHS_A_PAGE = 1_000;
    private static final int CHARACTERS_A_PAGE = 128 << 10;

    private final JobSeal seal;
    private final byte[] salt;
    private final Path file;
    private final DataOutputStream out;
    private final StringBuilder page = new StringBuilder();
    private int onPage;
    private long paths;
    private int pages;

    PathPages(JobSeal seal, byte[] salt, Path folder) {
        this.seal = seal;
        this.salt = salt;
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            this.file = Files.createTempFile(folder, "paths", ".part");
            this.out = new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What takes pages that are complete. */
    interface Taker {
        void take(int page, byte[] octets);
    }

    /** @throws ProblemException BAD_REQUEST when it is no absolute path; the field says which one, counted from 0 */
    void add(String path) throws IOException {
        try {
            PathNotation.absolute(path);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.ofField("paths[" + paths + "]", e.getMessage()));
        }
        if (++paths > MOST_PATHS) {
            throw new ProblemException(
                    Problem.ofField("paths", "a job has at most " + MOST_PATHS + " paths; name folders instead"));
        }
        page.append(path).append('\n');
        if (++onPage >= PATHS_A_PAGE || page.length() >= CHARACTERS_A_PAGE) {
            turnPage();
        }
    }

    /** No more paths come. */
    void finish() throws IOException {
        if (onPage > 0) {
            turnPage();
        }
        out.close();
    }

    void forEach(Taker taker) {
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)))) {
            for (int number = 1; number <= pages; number++) {
                taker.take(number, in.readNBytes(in.readInt()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long paths() {
        return paths;
    }

    int pages() {
        return pages;
    }

    /** The paths of a page that {@link #forEach} gave. */
    static List<String> read(JobSeal seal, byte[] salt, int page, byte[] octets) {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(seal.open(salt, JobSeal.PATHS, page, octets)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turnPage() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(page.toString().getBytes(StandardCharsets.UTF_8));
        }
        byte[] octets = seal.seal(salt, JobSeal.PATHS, ++pages, packed.toByteArray());
        out.writeInt(octets.length);
        out.write(octets);
        page.setLength(0);
        onPage = 0;
    }

    @Override
    public void close() {
        try (out) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
