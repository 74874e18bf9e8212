package org.cranny.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.restore.Target;
import org.cranny.engine.restore.TargetDirectory;
import org.cranny.engine.restore.TargetFile;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.ContentWriter;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.engine.walk.Contents;
import org.cranny.engine.walk.Found;
import org.cranny.engine.walk.Listing;
import org.cranny.engine.walk.Unreadable;
import org.cranny.engine.walk.Walk;

/** A backup and restore in small: all that is known of a tree goes through directory nodes, the octets straight over. */
final class TreeCopy {
    private static final int BLOCK = 1 << 20;

    private final Posix posix = Posix.here();
    private final Map<ChunkId, byte[]> nodes = new HashMap<>();
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Map<Long, Link> links = new HashMap<>();

    private record Link(TargetDirectory directory, byte[] name) {}

    TreeCopy() throws IOException {}

    List<Unreadable> unreadable() {
        return unreadable;
    }

    /** Gives the warnings of the target. */
    List<String> copy(Path from, Path to, TargetRules rules) throws IOException {
        try (Walk walk = Walk.open(posix, PathBytes.of(from), 2);
                Target target = Target.open(posix, to, rules)) {
            ChunkId root = read(walk, new byte[0]);
            restore(root, walk, new byte[0], target.root());
            target.root().finish(attributes(walk.stat(new byte[0]), walk.xattrs(new byte[0])));
            return target.warnings();
        }
    }

    private ChunkId read(Walk walk, byte[] path) throws IOException {
        Listing listing = walk.list(path);
        unreadable.addAll(listing.unreadable());
        List<Entry> entries = new ArrayList<>();
        for (Found found : listing.found()) {
            entries.add(entry(walk, PathBytes.join(path, found.name()), found));
        }
        return Nodes.encode(entries, this::store);
    }

    private Entry entry(Walk walk, byte[] path, Found found) throws IOException {
        Stat stat = found.stat();
        Thing thing =
                switch (stat.type()) {
                    case FILE -> file(walk, path);
                    case DIRECTORY -> new Thing.Directory(read(walk, path));
                    case SYMLINK -> new Thing.Symlink(walk.readLink(path));
                    default -> new Thing.Special(stat.type(), stat.rdevMajor(), stat.rdevMinor());
                };
        boolean linked = stat.nlink() > 1 && !stat.isDirectory();
        return new Entry(found.name(), attributes(stat, walk.xattrs(path)), thing, linked ? stat.inode() : 0);
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

    private Thing file(Walk walk, byte[] path) throws IOException {
        try (Contents contents = walk.contents(path)) {
            List<Extent> extents = contents.extents();
            long size = contents.stat().size();
            return new Thing.File(size, made(extents), FileParts.dataMap(extents, size, this::store));
        }
    }

    private Content made(List<Extent> extents) throws IOException {
        ContentWriter content = new ContentWriter(this::store);
        long rest = extents.stream().mapToLong(Extent::length).sum();
        while (rest > 0) {
            int length = (int) Math.min(rest, BLOCK);
            content.add(new ChunkRef(ChunkId.of(new byte[ChunkId.LENGTH]), length));
            rest -= length;
        }
        return content.finish();
    }

    private void restore(ChunkId node, Walk walk, byte[] path, TargetDirectory into) throws IOException {
        Entries entries = Nodes.read(node, nodes::get);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            restore(next.get(), walk, PathBytes.join(path, next.get().name()), into);
        }
    }

    private void restore(Entry entry, Walk walk, byte[] path, TargetDirectory into) throws IOException {
        Link link = entry.linkGroup() == 0 ? null : links.get(entry.linkGroup());
        if (link != null) {
            into.link(link.directory(), link.name(), entry.name());
            return;
        }
        links.put(entry.linkGroup(), new Link(into, entry.name()));
        if (entry.thing() instanceof Thing.Directory directory) {
            TargetDirectory child = into.child(entry.name());
            restore(directory.node(), walk, path, child);
            child.finish(entry.attributes());
        } else if (entry.thing() instanceof Thing.File file) {
            restoreFile(file, walk, path, into, entry);
        } else if (makeOther(entry, into)) {
            into.finish(entry.name(), entry.attributes());
        }
    }

    private boolean makeOther(Entry entry, TargetDirectory into) throws IOException {
        if (entry.thing() instanceof Thing.Symlink link) {
            into.symlink(entry.name(), link.target());
            return true;
        }
        Thing.Special special = (Thing.Special) entry.thing();
        return into.node(entry.name(), special.type(), special.major(), special.minor());
    }

    private void restoreFile(Thing.File file, Walk walk, byte[] path, TargetDirectory into, Entry entry)
            throws IOException {
        try (Contents contents = walk.contents(path);
                TargetFile copy = into.create(entry.name(), file.size())) {
            for (Extent extent : FileParts.extents(file, nodes::get)) {
                copy(contents, copy, extent);
            }
            copy.finish(entry.attributes());
        }
    }

    private void copy(Contents from, TargetFile to, Extent extent) throws IOException {
        for (long at = extent.offset(); at < extent.end(); ) {
            block.clear().limit((int) Math.min(BLOCK, extent.end() - at));
            int got = from.read(block, at);
            to.write(block.flip(), at);
            at += got;
        }
    }

    private ChunkId store(byte[] node) {
        try {
            ChunkId id = ChunkId.of(MessageDigest.getInstance("SHA-256").digest(node));
            nodes.put(id, node);
            return id;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
