package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.NodeStore;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.engine.walk.Walk;
import org.cranny.protocol.snapshot.PackClass;

/** Makes the next tree out of the newest one and {@link Additions}. One thread runs it; memory holds the entries of one folder. */
final class Adding {
    private static final int PRIVATE = 0600;

    private final Walk walk;
    private final ChunkIds ids;
    private final ChunkSink packing;
    private final NodeSource oldNodes;
    private final NodeStore newNodes;
    private final BackupListener listener;
    private final Steps steps = new Steps();
    private final Totals totals = new Totals();
    private final BigFile bigFile;
    private final TreeMap<byte[], Entry> entries = new TreeMap<>(Arrays::compareUnsigned);

    Adding(
            Walk walk,
            ChunkIds ids,
            FastCdc cutter,
            ChunkSink packing,
            NodeSource oldNodes,
            ExecutorService readers,
            BackupListener listener) {
        this.walk = walk;
        this.ids = ids;
        this.packing = packing;
        this.oldNodes = oldNodes;
        this.newNodes = new TreeStore(ids, packing);
        this.listener = listener;
        this.bigFile = new BigFile(walk, ids, cutter, packing, newNodes, readers, steps);
    }

    /** @param before the newest snapshot, if there is one */
    ChunkId run(Optional<Snapshot> before, Additions additions) throws IOException, InterruptedException {
        if (before.isPresent()) {
            keep(ChunkId.of(before.get().manifest().root()));
        }
        additions.leaving().forEach(entries::remove);
        for (Addition each : additions.files()) {
            add(each);
        }
        steps.runAll();
        entries.values().forEach(this::count);
        return Nodes.encode(List.copyOf(entries.values()), newNodes);
    }

    Totals totals() {
        return totals;
    }

    /** What has lost all its copies cannot be read again from anywhere, and leaves. */
    private void keep(ChunkId root) throws IOException {
        for (Entry entry : Nodes.list(root, oldNodes)) {
            if (!(entry.thing() instanceof Thing.File file) || packing.knows(file)) {
                entries.put(entry.name(), entry);
            } else {
                totals.unread();
                listener.unread(PathBytes.join(new byte[] {'/'}, entry.name()), "is lost: no host has it any more");
            }
        }
    }

    private void add(Addition addition) throws IOException, InterruptedException {
        byte[] path = addition.file().getBytes(StandardCharsets.UTF_8);
        Stat stat = walk.stat(path);
        if (stat.size() < SmallFile.LIMIT && !stat.looksSparse()) {
            SmallFile read = SmallFile.read(walk, ids, path);
            requireCalm(addition, read.trouble());
            put(addition, small(read));
        } else {
            bigFile.read(path, (file, xattrs, trouble) -> {
                requireCalm(addition, trouble);
                put(addition, file);
            });
        }
    }

    private Thing.File small(SmallFile read) throws IOException, InterruptedException {
        int length = read.octets().length;
        if (length == 0) {
            return new Thing.File(0, Content.EMPTY, DataMap.DENSE);
        }
        packing.add(PackClass.DATA, read.id(), read.octets(), 0, length);
        return new Thing.File(length, new Content.Inline(List.of(new ChunkRef(read.id(), length))), DataMap.DENSE);
    }

    private static void requireCalm(Addition addition, String trouble) throws IOException {
        if (trouble != null) {
            throw new IOException("What is to be added in " + addition.file() + " " + trouble + ".");
        }
    }

    private void put(Addition addition, Thing.File file) {
        Attributes attributes = new Attributes(
                PRIVATE,
                0,
                0,
                "",
                "",
                addition.modified().getEpochSecond(),
                addition.modified().getNano(),
                List.of());
        entries.put(addition.name(), new Entry(addition.name(), attributes, file, 0));
    }

    private void count(Entry entry) {
        if (entry.thing() instanceof Thing.File file) {
            totals.file(file.size());
            listener.file(file.size());
        }
    }
}
