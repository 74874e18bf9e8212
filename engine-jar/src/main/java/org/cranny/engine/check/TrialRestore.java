package org.cranny.engine.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.cranny.engine.check.Sample.Drawn;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.engine.tree.Attributes;

/**
 * Brings files of a snapshot that are drawn by lot back to a folder that is gone afterwards, by the very restore that
 * people use, and reads what came: its octets must be those that the snapshot names, and, where the file lies on this
 * disk with the size and time that the snapshot has, those of that file. Nothing else on this machine is touched.
 *
 * <p>The folder needs room for 256 MiB, or for the largest file that is drawn. One thread runs it.
 */
public final class TrialRestore {
    private static final long BATCH_BYTES = 256L << 20;
    private static final int BATCH_FILES = 10_000;

    private final Source source;
    private final PackSource packs;
    private final RandomGenerator random;
    private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
    private long files;
    private long bytes;
    private long compared;

    public TrialRestore(Source source, PackSource packs, RandomGenerator random) {
        this.source = source;
        this.packs = packs;
        this.random = random;
    }

    /**
     * @param scratch a folder that nobody else uses; what lies there is deleted, before and after
     * @throws IOException also when the sample is empty
     */
    public TrialOutcome run(Snapshot snapshot, Sample sample, Path scratch, CheckListener listener)
            throws IOException, InterruptedException {
        try (ChunkReader chunks = new ChunkReader(source, packs)) {
            List<Drawn> drawn = sample.draw(new SnapshotTree(snapshot, chunks), random);
            if (drawn.isEmpty()) {
                throw new IOException("No file of snapshot " + snapshot.shortId() + " was drawn: it has none, or none"
                        + " that is small enough. Give a larger size or share.");
            }
            listener.total(drawn.size(), drawn.stream().mapToLong(Drawn::size).sum());
            for (int from = 0; from < drawn.size(); ) {
                int to = batchEnd(drawn, from);
                batch(snapshot, drawn.subList(from, to), scratch, chunks, listener);
                from = to;
            }
        }
        return new TrialOutcome(files, bytes, compared, findings);
    }

    private static int batchEnd(List<Drawn> drawn, int from) {
        long size = drawn.get(from).size();
        int to = from + 1;
        while (to < drawn.size()
                && to - from < BATCH_FILES
                && size + drawn.get(to).size() <= BATCH_BYTES) {
            size += drawn.get(to).size();
            to++;
        }
        return to;
    }

    private void batch(Snapshot snapshot, List<Drawn> batch, Path scratch, ChunkReader chunks, CheckListener listener)
            throws IOException, InterruptedException {
        delete(scratch);
        Files.createDirectory(
                scratch, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Set<String> failed = ConcurrentHashMap.newKeySet();
            RestoreRequest request = new RestoreRequest(
                    snapshot,
                    batch.stream().map(Drawn::path).toList(),
                    scratch,
                    Overwrite.REFUSE,
                    false,
                    TargetRules.SAFE);
            new Restore(source, packs).run(request, new RestoreListener() {
                @Override
                public void failed(String path, String reason) {
                    failed.add(path);
                    found(listener, path + " could not be brought back: " + reason);
                }
            });
            for (Drawn each : batch) {
                look(each, scratch, failed.isEmpty(), chunks, listener);
                listener.copy(each.size());
            }
        } finally {
            delete(scratch);
        }
    }

    /** @param all whether every file of the batch is there */
    private void look(Drawn drawn, Path scratch, boolean all, ChunkReader chunks, CheckListener listener)
            throws IOException {
        Path back = PathBytes.toPath(PathBytes.join(PathBytes.of(scratch), inside(drawn.path())));
        if (Files.notExists(back, LinkOption.NOFOLLOW_LINKS)) {
            if (all) {
                found(listener, PathBytes.printable(drawn.path()) + " was not brought back");
            }
            return;
        }
        if (!Likeness.isRight(back, drawn.file(), source.chunkIds(), chunks)) {
            found(listener, PathBytes.printable(drawn.path()) + " came back with other octets than the snapshot names");
            return;
        }
        files++;
        bytes += drawn.size();
        compare(drawn, back, listener);
    }

    private static byte[] inside(byte[] absolute) {
        return Arrays.copyOfRange(absolute, 1, absolute.length);
    }

    /** A file that cannot be read here, or changes meanwhile, says nothing. */
    private void compare(Drawn drawn, Path back, CheckListener listener) throws IOException {
        Path here = PathBytes.toPath(drawn.path());
        if (!looksTheSame(here, drawn)) {
            return;
        }
        boolean same;
        try (InputStream ours = Files.newInputStream(here, LinkOption.NOFOLLOW_LINKS);
                InputStream theirs = Files.newInputStream(back)) {
            same = Likeness.same(ours, theirs);
        } catch (IOException unreadable) {
            return;
        }
        if (!looksTheSame(here, drawn)) {
            return;
        }
        compared++;
        if (!same) {
            found(
                    listener,
                    PathBytes.printable(drawn.path()) + " is not what the snapshot has, though its size and time are:"
                            + " one of the two is damaged, or something sets times back");
        }
    }

    private static boolean looksTheSame(Path here, Drawn drawn) {
        try {
            BasicFileAttributes now = Files.readAttributes(here, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Attributes then = drawn.entry().attributes();
            return now.isRegularFile()
                    && now.size() == drawn.size()
                    && now.lastModifiedTime().toInstant().equals(then.modified());
        } catch (IOException gone) {
            return false;
        }
    }

    private void found(CheckListener listener, String reason) {
        Finding finding = new Finding(0, "this machine", null, true, reason);
        findings.add(finding);
        listener.found(finding);
    }

    /** Deletes a folder with all that a restore may have put into it; one that is not there is no trouble. */
    private static void delete(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                    Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                    Files.delete(each);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, IOException trouble) throws IOException {
                    if (trouble != null) {
                        throw trouble;
                    }
                    Files.delete(each);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException nothing) {
            return;
        }
    }
}
