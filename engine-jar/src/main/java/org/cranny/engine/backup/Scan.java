package org.cranny.engine.backup;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.NodeStore;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.engine.walk.Found;
import org.cranny.engine.walk.Listing;
import org.cranny.engine.walk.Unreadable;
import org.cranny.engine.walk.Walk;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Goes through the file system depth first, in the order of names, and gives a {@link ChunkSink} every new chunk and every
 * directory node in that order, whatever the order in which readers finish.
 *
 * <p>A directory that looks as it did at the last backup costs a comparison of numbers and nothing else. Paths are
 * relative to {@code /}. One thread runs a scan.
 */
final class Scan {
    private final Posix posix;
    private final Walk walk;
    private final ChunkIds ids;
    private final ChunkSink packing;
    private final NodeSource oldNodes;
    private final NodeStore newNodes;
    private final StatCache last;
    private final StatCache.Writer next;
    private final LinkGroups links;
    private final ExecutorService readers;
    private final BackupListener listener;
    private final Steps steps = new Steps();
    private final Totals totals = new Totals();
    private final BigFile bigFile;
    private final Filter filter;
    private final Stat leaveOut;
    private final Clock clock;

    /**
     * Everything a scan works with.
     *
     * @param filter what of each directory is taken
     * @param leaveOut a directory that is not entered, even when it is named: the source's own home
     */
    record Tools(
            Posix posix,
            Walk walk,
            ChunkIds ids,
            FastCdc cutter,
            LinkGroups links,
            ChunkSink packing,
            NodeSource oldNodes,
            StatCache last,
            StatCache.Writer next,
            ExecutorService readers,
            Filter filter,
            Stat leaveOut,
            Clock clock,
            BackupListener listener) {}

    Scan(Tools tools) {
        posix = tools.posix();
        walk = tools.walk();
        ids = tools.ids();
        links = tools.links();
        packing = tools.packing();
        oldNodes = tools.oldNodes();
        last = tools.last();
        next = tools.next();
        readers = tools.readers();
        filter = tools.filter();
        leaveOut = tools.leaveOut();
        clock = tools.clock();
        listener = tools.listener();
        newNodes = new TreeStore(ids, packing);
        bigFile = new BigFile(walk, ids, tools.cutter(), packing, newNodes, readers, steps);
    }

    /** Hears the node of a folder. */
    private interface Heard {
        void node(ChunkId node);
    }

    /** Scans what was asked for and gives the id of the root's node. */
    ChunkId run(Selection root) throws IOException, InterruptedException {
        ChunkId[] id = new ChunkId[1];
        byte[] slash = {};
        Stat stat = walk.stat(slash);
        if (root.whole()) {
            folder(slash, slash, stat, StatHash.NEVER, null, node -> id[0] = node);
        } else {
            skeleton(root, slash, stat, null, node -> id[0] = node);
        }
        steps.runAll();
        return id[0];
    }

    Totals totals() {
        return totals;
    }

    /** A folder on the way to what was asked for: only the entries that lead there. */
    private void skeleton(Selection selection, byte[] path, Stat stat, FolderState parent, Heard heard)
            throws IOException, InterruptedException {
        FolderState state = new FolderState(path, selection.name(), stat, StatHash.NEVER, parent, null, false);
        for (Selection child : selection.children()) {
            byte[] childPath = PathBytes.join(path, child.name());
            long now = wallClock();
            Stat found;
            try {
                found = walk.stat(childPath);
            } catch (PosixException e) {
                unread(childPath, SmallFile.trouble(e));
                continue;
            }
            if (child.whole() || !found.isDirectory()) {
                entry(state, child.name(), found, childPath, StatHash.of(child.name(), found, now));
            } else {
                skeleton(child, childPath, found, state, node -> {});
            }
        }
        steps.then(0, () -> endFolder(state, false, StatHash.NEVER, heard));
    }

    private void folder(byte[] path, byte[] name, Stat stat, long hash, FolderState parent, Heard heard)
            throws IOException, InterruptedException {
        long now = wallClock();
        Listing listing = filter.enters(path, stat) ? walk.list(path) : closed(path, stat);
        List<Unreadable> missed =
                listing.unreadable().stream().filter(filter::misses).toList();
        missed.forEach(this::unread);
        List<Found> found = filter.taken(listing, walk);
        long own = StatHash.of(name, stat, now);
        StatCache.Known known = last.find(path);
        boolean usable = known != null && packing.knows(known.node());
        long[] hashes = hashes(own, found, now);
        boolean whole = listing.isComplete() && missed.isEmpty();
        boolean familiar = usable && whole && looksTheSame(hashes, known.entries());
        FolderState state = new FolderState(path, name, stat, hash, parent, usable ? known : null, familiar);
        visit(state, found, hashes, usable && !familiar ? new OldFolder(known, oldNodes) : null);
        steps.then(0, () -> endFolder(state, whole, own, heard));
    }

    private static Listing closed(byte[] path, Stat stat) {
        return new Listing(path, Optional.of(stat), List.of(), List.of());
    }

    private void visit(FolderState state, List<Found> found, long[] hashes, OldFolder old)
            throws IOException, InterruptedException {
        for (int i = 0; i < found.size(); i++) {
            Found each = found.get(i);
            Stat stat = each.stat();
            if (state.familiar && !stat.isDirectory()) {
                counted(stat);
                continue;
            }
            Entry same = old == null || stat.isDirectory() ? null : old.same(each.name(), hashes[i + 1]);
            if (same != null && reusable(same)) {
                reuse(state, stat, same, hashes[i + 1]);
            } else {
                entry(state, each.name(), stat, PathBytes.join(state.path, each.name()), hashes[i + 1]);
            }
        }
    }

    private void entry(FolderState state, byte[] name, Stat stat, byte[] path, long hash)
            throws IOException, InterruptedException {
        switch (stat.type()) {
            case DIRECTORY -> {
                if (leaveOut == null || !leaveOut.sameInode(stat)) {
                    folder(path, name, stat, hash, state, node -> {});
                }
            }
            case FILE -> file(state, name, stat, path, hash);
            case SYMLINK -> symlink(state, name, stat, path, hash);
            default ->
                steps.then(0, () -> {
                    Thing special = new Thing.Special(stat.type(), stat.rdevMajor(), stat.rdevMinor());
                    state.add(new Entry(name, attributes(stat, xattrs(path)), special, links.group(stat)), hash);
                });
        }
    }

    private void symlink(FolderState state, byte[] name, Stat stat, byte[] path, long hash)
            throws IOException, InterruptedException {
        try {
            Thing link = new Thing.Symlink(walk.readLink(path));
            Entry entry = new Entry(name, attributes(stat, xattrs(path)), link, links.group(stat));
            steps.then(0, () -> state.add(entry, hash));
        } catch (PosixException e) {
            unread(path, SmallFile.trouble(e));
        }
    }

    private void file(FolderState state, byte[] name, Stat stat, byte[] path, long hash)
            throws IOException, InterruptedException {
        if (links.isSecond(stat)) {
            steps.then(0, () -> secondName(state, name, stat, path, hash));
        } else if (stat.size() < SmallFile.LIMIT && !stat.looksSparse()) {
            Future<SmallFile> read = readers.submit(() -> SmallFile.read(walk, ids, path));
            steps.then(stat.size(), () -> smallFile(state, name, stat, path, hash, await(read)));
        } else {
            bigFile(state, name, stat, path, hash);
        }
    }

    private void secondName(FolderState state, byte[] name, Stat stat, byte[] path, long hash) {
        Thing.File file = links.recall(stat);
        if (file == null) {
            unread(path, "is another name of a file that could not be read");
        } else {
            fileDone(state, name, stat, xattrs(path), file, hash);
        }
    }

    private void bigFile(FolderState state, byte[] name, Stat stat, byte[] path, long hash)
            throws IOException, InterruptedException {
        try {
            bigFile.read(path, (file, xattrs, trouble) -> {
                if (trouble != null) {
                    unread(path, trouble);
                }
                fileDone(state, name, stat, xattrs, file, trouble == null ? hash : StatHash.NEVER);
            });
        } catch (PosixException e) {
            unread(path, SmallFile.trouble(e));
        }
    }

    private void smallFile(FolderState state, byte[] name, Stat stat, byte[] path, long hash, SmallFile read)
            throws IOException, InterruptedException {
        if (read.trouble() != null) {
            unread(path, read.trouble());
        }
        if (!read.readable()) {
            return;
        }
        int length = read.octets().length;
        Content content = Content.EMPTY;
        if (read.id() != null) {
            packing.add(PackClass.DATA, read.id(), read.octets(), 0, length);
            content = new Content.Inline(List.of(new ChunkRef(read.id(), length)));
        }
        Thing.File file = new Thing.File(length, content, DataMap.DENSE);
        fileDone(state, name, stat, read.xattrs(), file, read.trouble() == null ? hash : StatHash.NEVER);
    }

    private void fileDone(FolderState state, byte[] name, Stat stat, List<Xattr> xattrs, Thing.File file, long hash) {
        links.remember(stat, file);
        counted(stat);
        state.add(new Entry(name, attributes(stat, xattrs), file, links.group(stat)), hash);
    }

    private void reuse(FolderState state, Stat stat, Entry old, long hash) throws IOException, InterruptedException {
        counted(stat);
        steps.then(0, () -> state.add(old, hash));
    }

    private boolean reusable(Entry old) throws IOException {
        return !(old.thing() instanceof Thing.File file) || packing.knows(file);
    }

    private void counted(Stat stat) {
        if (stat.isFile()) {
            totals.file(stat.size());
            listener.file(stat.size());
        }
    }

    private void endFolder(FolderState state, boolean whole, long own, Heard heard) throws IOException {
        boolean unchanged = state.familiar && !state.changedBelow();
        ChunkId node = unchanged ? state.known.node() : Nodes.encode(entriesOf(state), newNodes);
        if (whole) {
            next.add(state.path, node, state.familiar ? state.known.entries() : state.hashes(own));
        }
        if (state.parent != null && state.parent.familiar) {
            boolean changed = state.known == null || !state.known.node().equals(node);
            state.parent.noteFolder(node, changed);
        } else if (state.parent != null) {
            Attributes attributes = attributes(state.stat, xattrs(state.path));
            state.parent.add(new Entry(state.name, attributes, new Thing.Directory(node), 0), state.hash);
        }
        heard.node(node);
    }

    /** The entries of a familiar folder are the old ones, with the new nodes of the folders in it. */
    private List<Entry> entriesOf(FolderState state) throws IOException {
        if (!state.familiar) {
            return state.entries();
        }
        Iterator<ChunkId> folders = state.folders().iterator();
        return Nodes.list(state.known.node(), oldNodes).stream()
                .map(old -> old.thing() instanceof Thing.Directory
                        ? new Entry(old.name(), old.attributes(), new Thing.Directory(folders.next()), 0)
                        : old)
                .toList();
    }

    private static long[] hashes(long own, List<Found> found, long now) {
        long[] hashes = new long[found.size() + 1];
        hashes[0] = own;
        for (int i = 0; i < found.size(); i++) {
            hashes[i + 1] = StatHash.of(found.get(i).name(), found.get(i).stat(), now);
        }
        return hashes;
    }

    private static boolean looksTheSame(long[] now, long[] then) {
        return Arrays.equals(now, then) && Arrays.stream(now).noneMatch(hash -> hash == StatHash.NEVER);
    }

    private Attributes attributes(Stat stat, List<Xattr> xattrs) {
        return new Attributes(
                stat.mode(),
                stat.uid(),
                stat.gid(),
                posix.accounts().user(stat.uid()),
                posix.accounts().group(stat.gid()),
                stat.mtimeSeconds(),
                stat.mtimeNanos(),
                xattrs);
    }

    private List<Xattr> xattrs(byte[] path) {
        try {
            return walk.xattrs(path);
        } catch (PosixException e) {
            unread(path, "has attributes that cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private void unread(Unreadable unreadable) {
        unread(unreadable.path(), unreadable.reason());
    }

    private void unread(byte[] path, String trouble) {
        totals.unread();
        listener.unread(PathBytes.join(new byte[] {'/'}, path), trouble);
    }

    static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a file could not be read", e.getCause());
        }
    }

    /** Nanoseconds since 1970. */
    private long wallClock() {
        return clock.millis() * 1_000_000L;
    }
}
