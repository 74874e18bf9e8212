package org.cranny.engine.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.tree.Entry;

/**
 * One directory while a backup goes through it: begun when its entries are listed, ended when all that lies below is
 * done. Entries arrive in the order of their names, each with its {@link StatHash}.
 */
final class FolderState {
    final byte[] path;
    final byte[] name;
    final Stat stat;
    /** Its own hash among its parent's entries. */
    final long hash;

    final FolderState parent;
    final StatCache.Known known;
    /** Every entry looks as it did; only folders below may bring news. */
    final boolean familiar;

    private final List<Entry> entries = new ArrayList<>();
    private final List<ChunkId> folders = new ArrayList<>();
    private boolean changedBelow;
    private long[] hashes = new long[16];
    private int count = 1;

    FolderState(
            byte[] path,
            byte[] name,
            Stat stat,
            long hash,
            FolderState parent,
            StatCache.Known known,
            boolean familiar) {
        this.path = path;
        this.name = name;
        this.stat = stat;
        this.hash = hash;
        this.parent = parent;
        this.known = known;
        this.familiar = familiar;
    }

    void add(Entry entry, long entryHash) {
        entries.add(entry);
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = entryHash;
    }

    /** A familiar folder keeps its entries; only the nodes of the folders in it are noted, in order. */
    void noteFolder(ChunkId node, boolean changed) {
        folders.add(node);
        changedBelow |= changed;
    }

    List<Entry> entries() {
        return entries;
    }

    List<ChunkId> folders() {
        return folders;
    }

    boolean changedBelow() {
        return changedBelow;
    }

    /** The folder's own hash, then one for each entry. */
    long[] hashes(long own) {
        long[] all = Arrays.copyOf(hashes, count);
        all[0] = own;
        return all;
    }
}
