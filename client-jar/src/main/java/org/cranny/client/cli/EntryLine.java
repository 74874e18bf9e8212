package org.cranny.client.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Names;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/** One entry of a snapshot on one line, as {@code ls -l} shows files, or as JSON. */
final class EntryLine {
    private static final byte[] ACL = {'s', 'y', 's', 't', 'e', 'm', '.', 'p', 'o', 's', 'i', 'x', '_', 'a', 'c', 'l'};
    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int STICKY = 01000;

    private EntryLine() {}

    static String details(Entry entry, String name) {
        Attributes attributes = entry.attributes();
        String time = Human.time(time(attributes), ZoneId.systemDefault());
        return String.format(
                Locale.ROOT,
                "%s%s %-8s %-8s %12s %s %s",
                mode(entry),
                hasAcl(attributes) ? "+" : " ",
                owner(attributes.user(), attributes.uid()),
                owner(attributes.group(), attributes.gid()),
                size(entry.thing()),
                time,
                name + arrow(entry.thing()));
    }

    static JsonLine json(Entry entry, byte[] path) {
        Attributes attributes = entry.attributes();
        JsonLine line = JsonLine.of("entry")
                .add("path", Names.printable(path))
                .add("kind", entry.type().name().toLowerCase(Locale.ROOT))
                .add("mode", String.format(Locale.ROOT, "%04o", attributes.mode()))
                .add("uid", attributes.uid())
                .add("gid", attributes.gid())
                .add("user", Names.printable(attributes.user()))
                .add("group", Names.printable(attributes.group()))
                .add("mtime", time(attributes).toString())
                .add("xattrs", attributes.xattrs().size());
        if (entry.thing() instanceof Thing.File file) {
            line.add("size", file.size());
        } else if (entry.thing() instanceof Thing.Symlink link) {
            line.add("target", Names.printable(link.target()));
        } else if (entry.thing() instanceof Thing.Special special
                && special.type().isDevice()) {
            line.add("major", special.major()).add("minor", special.minor());
        }
        return line;
    }

    private static Instant time(Attributes attributes) {
        return attributes.modified();
    }

    private static String owner(String name, long number) {
        return name.isEmpty() ? String.valueOf(number) : Names.printable(name);
    }

    private static String size(Thing thing) {
        if (thing instanceof Thing.File file) {
            return Human.count(file.size());
        }
        boolean device =
                thing instanceof Thing.Special special && special.type().isDevice();
        return device ? ((Thing.Special) thing).major() + ", " + ((Thing.Special) thing).minor() : "-";
    }

    private static String arrow(Thing thing) {
        return thing instanceof Thing.Symlink link ? " -> " + Names.printable(link.target()) : "";
    }

    private static boolean hasAcl(Attributes attributes) {
        return attributes.xattrs().stream()
                .anyMatch(xattr -> xattr.name().length > ACL.length
                        && Arrays.equals(xattr.name(), 0, ACL.length, ACL, 0, ACL.length));
    }

    /** For example {@code -rwxr-x--x}. */
    static String mode(Entry entry) {
        int mode = entry.attributes().mode();
        return type(entry)
                + triple(mode >> 6, (mode & SETUID) != 0, 's')
                + triple(mode >> 3, (mode & SETGID) != 0, 's')
                + triple(mode, (mode & STICKY) != 0, 't');
    }

    private static String type(Entry entry) {
        return switch (entry.type()) {
            case FILE -> "-";
            case DIRECTORY -> "d";
            case SYMLINK -> "l";
            case FIFO -> "p";
            case SOCKET -> "s";
            case CHARACTER -> "c";
            case BLOCK -> "b";
        };
    }

    private static String triple(int bits, boolean special, char mark) {
        boolean execute = (bits & 1) != 0;
        char last = execute ? 'x' : '-';
        if (special) {
            last = execute ? mark : Character.toUpperCase(mark);
        }
        return "" + ((bits & 4) != 0 ? 'r' : '-') + ((bits & 2) != 0 ? 'w' : '-') + last;
    }
}
