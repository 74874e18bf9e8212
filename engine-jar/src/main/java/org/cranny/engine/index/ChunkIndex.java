package org.cranny.engine.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Knows which chunks one source has stored, and where, in memory that stays flat at any number of chunks.
 *
 * <p>Promises: a chunk is found when a living pack that was {@link #add added} holds it, and never otherwise; after a
 * crash or a power cut the folder holds the state of the last {@link #flush()} (or of one that happened by itself since,
 * when the table in memory was full), whole packs only; damage is noticed and said, not believed. A damaged or lost
 * index is made again from the footers in the index packs.
 *
 * <p>Invariants: the manifest names only what was forced before; a run never changes; packs and their chunks become
 * durable together. After a failure to write, everything but {@link #close()} fails: open the folder again.
 *
 * <p>One process at a time, which the caller sees to. Thread-safe within it. Threads that use it must not be
 * interrupted, because that closes Java's file channels. Format: {@code docs/format/index.md}.
 */
public final class ChunkIndex implements AutoCloseable {
    /** Chunks in memory before a run is written: about 6 MB. */
    static final int USUAL_MEMORY = 64 << 10;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Disk disk;
    private final Path folder;
    private final int mostInMemory;
    private final PackTable packs;
    private final MemoryTable memory = new MemoryTable();
    private List<Run> runs;
    private long nextRun;
    private boolean packsChanged;
    private boolean failed;

    private ChunkIndex(Disk disk, Path folder, int mostInMemory, PackTable packs, List<Run> runs, long nextRun) {
        this.disk = disk;
        this.folder = folder;
        this.mostInMemory = mostInMemory;
        this.packs = packs;
        this.runs = runs;
        this.nextRun = nextRun;
    }

    /**
     * Opens the index in a folder, or begins one; makes the folder when it is missing.
     *
     * @throws IndexDamagedException when a file is not what was written; {@link #discard} it then
     */
    public static ChunkIndex open(Path folder) throws IOException {
        return open(folder, Disk.real(), USUAL_MEMORY);
    }

    static ChunkIndex open(Path folder, Disk disk, int mostInMemory) throws IOException {
        Files.createDirectories(folder);
        IndexManifest manifest = IndexManifest.read(folder).orElse(IndexManifest.EMPTY);
        sweep(folder, disk, manifest);
        List<Run> runs = openRuns(folder, manifest);
        try {
            PackTable packs = PackTable.open(disk, folder.resolve("packs"), manifest.packTableLength());
            return new ChunkIndex(disk, folder, mostInMemory, packs, runs, manifest.nextRun());
        } catch (IOException | RuntimeException e) {
            closeAll(runs);
            throw e;
        }
    }

    /** Removes an index that is damaged or too old, if there is one, so that a new one can be made from the index packs. */
    public static void discard(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Disk disk = Disk.real();
        disk.delete(folder.resolve(IndexManifest.FILE));
        disk.forceFolder(folder);
    }

    private static List<Run> openRuns(Path folder, IndexManifest manifest) throws IOException {
        List<Run> runs = new ArrayList<>();
        try {
            for (IndexManifest.RunLine line : manifest.runs()) {
                runs.add(Run.open(folder, line.number(), line.records()));
            }
            return runs;
        } catch (IOException | RuntimeException e) {
            closeAll(runs);
            throw e;
        }
    }

    /** Removes what a crash left: runs that the manifest does not name. */
    private static void sweep(Path folder, Disk disk, IndexManifest manifest) throws IOException {
        List<Path> kept = manifest.runs().stream()
                .map(line -> Run.fileOf(folder, line.number()))
                .toList();
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> file.getFileName().toString().startsWith("run-"))
                    .toList();
        }
        for (Path file : found) {
            if (!kept.contains(file)) {
                disk.delete(file);
            }
        }
    }

    /** The packs that the locations point to. */
    public PackTable packs() {
        return packs;
    }

    /** Where a chunk lies; in the newest pack when there are several. */
    public Optional<Location> lookup(ChunkId id) throws IOException {
        lock.readLock().lock();
        try {
            requireSound();
            Optional<Location> found = memory.newest(id, packs::lives);
            for (int at = 0; found.isEmpty() && at < runs.size(); at++) {
                found = runs.get(at).newest(id, packs::lives);
            }
            return found;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Whether a living pack holds the chunk. */
    public boolean contains(ChunkId id) throws IOException {
        return lookup(id).isPresent();
    }

    /**
     * Adds a pack and all its chunks; a pack that lives here already changes nothing.
     *
     * @param length octets of the whole pack
     * @param header the pack's own, or null when it is not known
     * @return the pack's ordinal
     */
    public int add(FragmentId pack, PackClass packClass, long length, PackFooter footer, PackHeader header)
            throws IOException {
        lock.writeLock().lock();
        try {
            requireSound();
            var known = packs.ordinal(pack);
            if (known.isPresent()) {
                return known.getAsInt();
            }
            if (memory.count() > 0 && memory.count() + footer.chunkCount() > mostInMemory) {
                writeEverything();
            }
            return guarded(() -> addNew(pack, packClass, length, footer, header));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private int addNew(FragmentId pack, PackClass packClass, long length, PackFooter footer, PackHeader header)
            throws IOException {
        int ordinal = packs.add(pack, packClass, length, footer, header);
        packsChanged = true;
        for (PackFooter.Segment segment : footer.segments()) {
            int offset = 0;
            for (ChunkEntry chunk : segment.chunks()) {
                memory.add(chunk.id(), new Location(ordinal, segment.ref().number(), offset, chunk.length()));
                offset += chunk.length();
            }
        }
        return ordinal;
    }

    /** Declares packs dead: their chunks are not found there any more. Durable, with everything before, on return. */
    public void remove(Collection<FragmentId> dead) throws IOException {
        lock.writeLock().lock();
        try {
            requireSound();
            if (guarded(() -> packs.kill(dead))) {
                packsChanged = true;
                writeEverything();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Makes everything that was added durable. */
    public void flush() throws IOException {
        lock.writeLock().lock();
        try {
            requireSound();
            writeEverything();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void writeEverything() throws IOException {
        if (packsChanged) {
            guarded(() -> {
                writeGuarded();
                return null;
            });
        }
    }

    private void writeGuarded() throws IOException {
        long packTableLength = packs.force();
        List<Run> next = new ArrayList<>(runs);
        if (memory.count() > 0) {
            next.add(0, spill());
        }
        int merged = RunMerge.choose(next.stream().map(Run::records).toList());
        List<Run> old = List.copyOf(next.subList(0, merged));
        if (merged > 0) {
            next.subList(0, merged).clear();
            next.add(0, merge(old));
        }
        publish(packTableLength, next);
        runs = next;
        memory.clear();
        packsChanged = false;
        drop(old);
    }

    private Run spill() throws IOException {
        try (RunWriter out = new RunWriter(disk, folder, nextRun++, memory.count())) {
            for (int entry : memory.sorted()) {
                out.add(memory.id(entry), memory.location(entry));
            }
            return out.finish();
        }
    }

    private Run merge(List<Run> old) throws IOException {
        long most = old.stream().mapToLong(Run::records).sum();
        try (RunWriter out = new RunWriter(disk, folder, nextRun++, most)) {
            RunMerge.merge(old, packs::lives, out);
            return out.finish();
        }
    }

    private void publish(long packTableLength, List<Run> next) throws IOException {
        List<IndexManifest.RunLine> lines = next.stream()
                .map(run -> new IndexManifest.RunLine(run.number(), run.records()))
                .toList();
        new IndexManifest(packTableLength, nextRun, lines).publish(disk, folder);
    }

    private void drop(List<Run> old) throws IOException {
        for (Run run : old) {
            run.close();
            disk.delete(run.file());
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** A step that changes the folder: when it fails, what is in memory may differ from what is on disk. */
    private <T> T guarded(Step<T> step) throws IOException {
        boolean done = false;
        try {
            T result = step.run();
            done = true;
            return result;
        } finally {
            failed |= !done;
        }
    }

    private void requireSound() throws IOException {
        if (failed) {
            throw new IOException("the local index could not be written before; open it again");
        }
    }

    private static void closeAll(List<Run> runs) throws IOException {
        for (Run run : runs) {
            run.close();
        }
    }

    /** Leaves the folder as the last flush made it. */
    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            failed = true;
            closeAll(runs);
            packs.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
