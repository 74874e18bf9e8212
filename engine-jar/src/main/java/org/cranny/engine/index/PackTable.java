package org.cranny.engine.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.snapshot.PackClass;

/**
 * The packs of one source by small numbers, with the place of every segment, so that a restore knows the range of any
 * chunk without asking anyone.
 *
 * <p>A pack's life here: added once, with the next ordinal from 0 on; perhaps dead one day, for ever. The same pack
 * added after its death gets another ordinal. Memory: about 55 octets a pack, and the segments of the last few hundred
 * packs that were asked for. Changes come through {@link ChunkIndex} and are durable with it. Thread-safe.
 */
public final class PackTable implements AutoCloseable {
    private static final byte[] MAGIC = {'C', 'R', 'N', 'Y', 'P', 'T', 0, 1};
    private static final int ROWS_IN_MEMORY = 256;

    private final PackIds ids = new PackIds();
    private final BitSet dead = new BitSet();
    private final Map<Integer, PackRow> recent = new LinkedHashMap<>(ROWS_IN_MEMORY, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, PackRow> eldest) {
            return size() > ROWS_IN_MEMORY;
        }
    };
    private final RecordLog log;
    private long[] positions = new long[64];

    private PackTable(Disk disk, Path file, long length) throws IOException {
        log = RecordLog.open(disk, file, MAGIC, length, (position, octets) -> load(file, position, octets));
    }

    static PackTable open(Disk disk, Path file, long length) throws IOException {
        return new PackTable(disk, file, length);
    }

    private void load(Path file, long position, byte[] octets) throws IOException {
        try {
            OctetReader in = new OctetReader(octets);
            int kind = in.u8();
            if (PackRecord.isPack(kind)) {
                remember(PackRecord.packId(in), position);
            } else if (kind == PackRecord.DIED) {
                for (int ordinal : PackRecord.diedOrdinals(in)) {
                    if (ordinal < 0 || ordinal >= ids.count()) {
                        throw new MalformedException("a pack died that never was");
                    }
                    dead.set(ordinal);
                }
            } else {
                throw new MalformedException("a record is of no known kind");
            }
        } catch (MalformedException e) {
            throw new IndexDamagedException(file, e.getMessage());
        }
    }

    private int remember(FragmentId id, long position) {
        int ordinal = ids.add(id);
        if (ordinal == positions.length) {
            positions = Arrays.copyOf(positions, 2 * ordinal);
        }
        positions[ordinal] = position;
        return ordinal;
    }

    synchronized int add(FragmentId id, PackClass packClass, long length, PackFooter footer, PackHeader header)
            throws IOException {
        return remember(id, log.append(PackRecord.pack(id, packClass, length, footer, header)));
    }

    /** Marks the packs that live; the answer says whether there was any. */
    synchronized boolean kill(Collection<FragmentId> packs) throws IOException {
        List<Integer> died = new ArrayList<>();
        for (FragmentId pack : packs) {
            ordinal(pack).ifPresent(died::add);
        }
        if (!died.isEmpty()) {
            log.append(PackRecord.died(died));
            died.forEach(dead::set);
        }
        return !died.isEmpty();
    }

    /** How many ordinals were ever given. */
    public synchronized int count() {
        return ids.count();
    }

    /** The ordinal of a pack that lives. */
    public synchronized OptionalInt ordinal(FragmentId id) {
        int ordinal = ids.ordinal(id);
        return ordinal == PackIds.NONE || dead.get(ordinal) ? OptionalInt.empty() : OptionalInt.of(ordinal);
    }

    /** Whether this ordinal was given and its pack has not died. */
    public synchronized boolean lives(int ordinal) {
        return ordinal >= 0 && ordinal < ids.count() && !dead.get(ordinal);
    }

    /** The id of any pack that was ever added. */
    public synchronized FragmentId id(int ordinal) {
        requireGiven(ordinal);
        return ids.id(ordinal);
    }

    /** What is known of any pack that was ever added. */
    public synchronized PackRow row(int ordinal) throws IOException {
        requireGiven(ordinal);
        PackRow row = recent.get(ordinal);
        if (row == null) {
            row = read(ordinal);
            recent.put(ordinal, row);
        }
        return row;
    }

    private PackRow read(int ordinal) throws IOException {
        try {
            return PackRecord.row(new OctetReader(log.read(positions[ordinal])));
        } catch (MalformedException e) {
            throw new IndexDamagedException(log.file(), e.getMessage());
        }
    }

    private void requireGiven(int ordinal) {
        if (ordinal < 0 || ordinal >= ids.count()) {
            throw new IllegalArgumentException("no pack has the ordinal " + ordinal);
        }
    }

    /** Makes all changes so far durable, and says how long the file must be to hold them. */
    synchronized long force() throws IOException {
        log.force();
        return log.end();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
