package org.cranny.engine.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.Xattr;

/** One entry as octets, in the order of {@code docs/format/tree.md}: what it is, what all have, what its type has. */
final class EntryFormat {
    private static final List<FileType> TYPES = List.of(
            FileType.FILE,
            FileType.DIRECTORY,
            FileType.SYMLINK,
            FileType.FIFO,
            FileType.SOCKET,
            FileType.CHARACTER,
            FileType.BLOCK);
    private static final int HAS_XATTRS = 1;
    private static final int HAS_LINK_GROUP = 2;
    private static final int IS_SPARSE = 4;
    private static final int LISTS_CHUNKS = 8;
    private static final int LISTS_EXTENTS = 16;
    private static final int ALL_FLAGS = 31;
    private static final long UNSIGNED = 0xffff_ffffL;

    private EntryFormat() {}

    static void write(Entry entry, Writer out) {
        Attributes attributes = entry.attributes();
        int flags = flags(entry);
        out.octet(TYPES.indexOf(entry.type()) + 1).octet(flags).bytes(entry.name());
        out.varint(attributes.mode()).varint(attributes.uid()).varint(attributes.gid());
        out.bytes(attributes.user().getBytes(StandardCharsets.UTF_8));
        out.bytes(attributes.group().getBytes(StandardCharsets.UTF_8));
        out.signed(attributes.mtimeSeconds()).varint(attributes.mtimeNanos());
        writeThing(entry.thing(), out);
        if ((flags & HAS_XATTRS) != 0) {
            out.varint(attributes.xattrs().size());
            attributes.xattrs().forEach(xattr -> out.bytes(xattr.name()).bytes(xattr.value()));
        }
        if ((flags & HAS_LINK_GROUP) != 0) {
            out.eight(entry.linkGroup());
        }
    }

    private static int flags(Entry entry) {
        int flags = entry.attributes().xattrs().isEmpty() ? 0 : HAS_XATTRS;
        flags |= entry.linkGroup() == 0 ? 0 : HAS_LINK_GROUP;
        if (entry.thing() instanceof Thing.File file) {
            flags |= file.content() instanceof Content.Listed ? LISTS_CHUNKS : 0;
            flags |= file.data() instanceof DataMap.Dense ? 0 : IS_SPARSE;
            flags |= file.data() instanceof DataMap.Listed ? LISTS_EXTENTS : 0;
        }
        return flags;
    }

    private static void writeThing(Thing thing, Writer out) {
        if (thing instanceof Thing.File file) {
            TreeLimits.require(PartFormat.isCovered(file), "chunks that do not cover the file");
            out.varint(file.size());
            PartFormat.writeData(file.data(), out);
            PartFormat.writeContent(file.content(), out);
        } else if (thing instanceof Thing.Directory directory) {
            out.id(directory.node());
        } else if (thing instanceof Thing.Symlink link) {
            out.bytes(link.target());
        } else if (thing instanceof Thing.Special special && special.type().isDevice()) {
            out.varint(special.major()).varint(special.minor());
        }
    }

    static Entry read(Reader in) throws MalformedTreeException {
        int number = in.octet();
        Reader.require(number >= 1 && number <= TYPES.size(), "unknown type");
        FileType type = TYPES.get(number - 1);
        int flags = in.octet();
        Reader.require((flags & ~allowed(type)) == 0, "unknown flags");
        Reader.require((flags & LISTS_EXTENTS) == 0 || (flags & IS_SPARSE) != 0, "extents without holes");
        byte[] name = in.bytes(TreeLimits.NAME_SIZE, "name");
        Reader.require(Names.isAllowed(name), "a name that may not be");
        int mode = (int) in.number(07777, "mode");
        long uid = in.number(UNSIGNED, "owner");
        long gid = in.number(UNSIGNED, "group");
        String user = in.text(TreeLimits.NAME_SIZE, "user name");
        String group = in.text(TreeLimits.NAME_SIZE, "group name");
        long seconds = in.signed();
        int nanos = (int) in.number(999_999_999, "nanoseconds");
        Thing thing = readThing(type, flags, in);
        List<Xattr> xattrs = (flags & HAS_XATTRS) != 0 ? readXattrs(in) : List.of();
        long linkGroup = (flags & HAS_LINK_GROUP) != 0 ? readLinkGroup(in) : 0;
        return new Entry(name, new Attributes(mode, uid, gid, user, group, seconds, nanos, xattrs), thing, linkGroup);
    }

    private static int allowed(FileType type) {
        return switch (type) {
            case FILE -> ALL_FLAGS;
            case DIRECTORY -> HAS_XATTRS;
            default -> HAS_XATTRS | HAS_LINK_GROUP;
        };
    }

    private static Thing readThing(FileType type, int flags, Reader in) throws MalformedTreeException {
        return switch (type) {
            case FILE -> readFile(flags, in);
            case DIRECTORY -> new Thing.Directory(in.id());
            case SYMLINK -> readSymlink(in);
            case FIFO, SOCKET -> new Thing.Special(type, 0, 0);
            case CHARACTER, BLOCK ->
                new Thing.Special(type, in.number(UNSIGNED, "device number"), in.number(UNSIGNED, "device number"));
        };
    }

    private static Thing readFile(int flags, Reader in) throws MalformedTreeException {
        long size = in.number(Long.MAX_VALUE, "size");
        DataMap data =
                (flags & IS_SPARSE) == 0 ? DataMap.DENSE : PartFormat.readData((flags & LISTS_EXTENTS) != 0, size, in);
        Content content = PartFormat.readContent((flags & LISTS_CHUNKS) != 0, in);
        Thing.File file = new Thing.File(size, content, data);
        Reader.require(PartFormat.isCovered(file), "chunks that do not cover the file");
        return file;
    }

    private static Thing readSymlink(Reader in) throws MalformedTreeException {
        byte[] target = in.bytes(TreeLimits.LINK_TARGET_SIZE, "link target");
        Reader.require(target.length > 0 && Names.hasNoNul(target), "a link target that may not be");
        return new Thing.Symlink(target);
    }

    private static List<Xattr> readXattrs(Reader in) throws MalformedTreeException {
        int count = in.count(TreeLimits.XATTRS, 3, "extended attributes");
        Reader.require(count > 0, "an empty list of extended attributes");
        List<Xattr> xattrs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] name = in.bytes(TreeLimits.NAME_SIZE, "attribute name");
            Reader.require(name.length > 0 && Names.hasNoNul(name), "an attribute name that may not be");
            Xattr xattr = new Xattr(name, in.bytes(TreeLimits.XATTR_VALUE_SIZE, "attribute value"));
            Reader.require(
                    xattrs.isEmpty() || xattrs.get(xattrs.size() - 1).compareTo(xattr) < 0,
                    "extended attributes not in order");
            xattrs.add(xattr);
        }
        return xattrs;
    }

    private static long readLinkGroup(Reader in) throws MalformedTreeException {
        long group = in.eight();
        Reader.require(group != 0, "link group zero");
        return group;
    }
}
