package org.cranny.engine.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.posix.DirectoryEntry;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Names;
import org.cranny.engine.tree.Thing;

/**
 * One directory below a {@link Target}. Cheap to keep: it holds no descriptor of its own.
 * While the restore runs the directory is its owner's alone (mode 0700); {@link #finish(Attributes)} comes last.
 */
public final class TargetDirectory {
    private static final int MINE = 0700;
    private static final byte[] NO_NAME = {};

    private final Target target;
    private final TargetDirectory parent;
    private final byte[] name;
    private final String rootName;
    private final Stat stat;

    private TargetDirectory(Target target, TargetDirectory parent, byte[] name, String rootName, Stat stat) {
        this.target = target;
        this.parent = parent;
        this.name = name;
        this.rootName = rootName;
        this.stat = stat;
    }

    static TargetDirectory root(Target target, String printable, Stat stat) {
        return new TargetDirectory(target, null, NO_NAME, printable, stat);
    }

    // ---- what is there

    /** What stands under this name, a link as itself; empty when nothing does. */
    public Optional<Stat> existing(byte[] child) throws IOException {
        return on(child, fd -> lookAt(fd, child));
    }

    private Optional<Stat> lookAt(int fd, byte[] child) throws PosixException {
        try {
            return Optional.of(posix().stat(fd, child));
        } catch (PosixException refused) {
            if (refused.isVanished()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Whether a file of this name has the right size and time, as one has that an earlier run finished: times come last. */
    boolean holds(Entry entry, Thing.File file) throws IOException {
        Optional<Stat> found = existing(entry.name());
        return found.isPresent()
                && found.get().isFile()
                && found.get().size() == file.size()
                && found.get().mtimeSeconds() == entry.attributes().mtimeSeconds()
                && found.get().mtimeNanos() == entry.attributes().mtimeNanos();
    }

    /** What is in here, in the order of names. */
    List<DirectoryEntry> list() throws IOException {
        List<DirectoryEntry> entries = new ArrayList<>(target.handles().with(this, posix()::list));
        entries.sort(null);
        return entries;
    }

    /** Takes a name away: a file, link or node, or a directory that is empty. */
    public void remove(byte[] child) throws IOException {
        this.<Void>on(child, fd -> {
            if (posix().stat(fd, child).isDirectory()) {
                posix().removeDirectory(fd, child);
            } else {
                posix().remove(fd, child);
            }
            return null;
        });
    }

    // ---- making things

    /** The directory of this name, made if it is missing and opened up for us if it is not. */
    public TargetDirectory child(byte[] child) throws IOException {
        return on(child, fd -> {
            Stat made = makeOrFind(fd, child);
            return new TargetDirectory(target, this, child, rootName, made);
        });
    }

    /** The directory of this name as it stands; empty when there is none, nor on other file systems than this one. */
    Optional<TargetDirectory> find(byte[] child) throws IOException {
        return existing(child)
                .filter(found -> found.isDirectory() && found.device() == stat.device())
                .map(found -> new TargetDirectory(target, this, child, rootName, found));
    }

    private Stat makeOrFind(int fd, byte[] child) throws PosixException {
        try {
            posix().makeDirectory(fd, child, MINE);
        } catch (PosixException refused) {
            if (!refused.isTaken()) {
                throw refused;
            }
        }
        return opened(fd, child, Posix.O_PATH | Posix.O_DIRECTORY, bare -> {
            Stat found = posix().stat(bare);
            if ((found.mode() & MINE) != MINE) {
                posix().chmod(bare, found.mode() | MINE);
            }
            return found;
        });
    }

    /** A new ordinary file of this size, all hole. Fails when the name is taken. */
    public TargetFile create(byte[] child, long size) throws IOException {
        return on(child, fd -> {
            int file = posix().open(fd, child, Posix.O_WRONLY | Posix.O_CREAT | Posix.O_EXCL, 0600);
            try {
                return TargetFile.sized(target, file, new TargetPath(this, child), size);
            } catch (PosixException refused) {
                posix().remove(fd, child);
                throw refused;
            }
        });
    }

    /** Gives a child another name; a file of that name is replaced in the same moment. */
    void rename(byte[] from, byte[] child) throws IOException {
        this.<Void>on(child, fd -> {
            posix().rename(fd, from, child);
            return null;
        });
    }

    public void symlink(byte[] child, byte[] pointsTo) throws IOException {
        this.<Void>on(child, fd -> {
            posix().makeSymlink(pointsTo, fd, child);
            return null;
        });
    }

    /** A fifo, socket or device; false, with a warning, when the rules or our rights leave it out. */
    public boolean node(byte[] child, FileType type, long major, long minor) throws IOException {
        if (type.isDevice() && target.rules().safe()) {
            target.warn(new TargetPath(this, child), "left out a " + type);
            return false;
        }
        return on(child, fd -> {
            try {
                posix().makeNode(fd, child, type, 0600, major, minor);
                return true;
            } catch (PosixException refused) {
                if (!refused.isDenied() || !type.isDevice()) {
                    throw refused;
                }
                target.warn(new TargetPath(this, child), "left out a " + type + ": " + refused.reason());
                return false;
            }
        });
    }

    /** Another name for a file that this restore has made; both then have the same attributes. */
    public void link(TargetDirectory fromDirectory, byte[] from, byte[] child) throws IOException {
        this.<Void>on(
                child,
                to -> fromDirectory.on(from, fd -> {
                    posix().makeLink(fd, from, to, child);
                    return null;
                }));
    }

    // ---- attributes

    /** Gives a link or node its attributes. Files have {@link TargetFile#finish}, directories {@link #finish(Attributes)}. */
    public void finish(byte[] child, Attributes wanted) throws IOException {
        this.<Void>on(
                child,
                fd -> opened(fd, child, Posix.O_PATH, bare -> {
                    target.apply(bare, posix().stat(bare).type(), wanted, new TargetPath(this, child));
                    return null;
                }));
    }

    /** Gives this directory its attributes, when nothing is written below it any more. */
    public void finish(Attributes wanted) throws IOException {
        try {
            target.handles().<Void>with(this, fd -> {
                target.apply(fd, FileType.DIRECTORY, wanted, this);
                return null;
            });
        } catch (PosixException refused) {
            throw refused.at(toString());
        }
    }

    /** Takes back what {@link #child} opened up of a directory that stood here before, and leaves it as it was. */
    void leave() throws IOException {
        if ((stat.mode() & MINE) != MINE) {
            target.handles().<Void>with(this, fd -> {
                posix().chmod(fd, stat.mode());
                return null;
            });
        }
    }

    private interface OnDescriptor<T> {
        T ask(int fd) throws PosixException;
    }

    private <T> T opened(int fd, byte[] child, int flags, OnDescriptor<T> work) throws PosixException {
        int opened = posix().open(fd, child, flags, 0);
        try {
            return work.ask(opened);
        } finally {
            posix().close(opened);
        }
    }

    private <T> T on(byte[] child, TargetHandles.Use<T> use) throws IOException {
        if (!Names.isAllowed(child)) {
            throw new IOException(this + ": refused the name \"" + PathBytes.printable(child) + "\"");
        }
        try {
            return target.handles().with(this, use);
        } catch (PosixException refused) {
            throw refused.at(this + "/" + PathBytes.printable(child));
        }
    }

    private Posix posix() {
        return target.posix();
    }

    boolean isRoot() {
        return parent == null;
    }

    TargetDirectory parent() {
        return parent;
    }

    byte[] name() {
        return name;
    }

    boolean isSameAs(Stat other) {
        return stat.sameInode(other);
    }

    /** The path for people. */
    @Override
    public String toString() {
        Deque<String> names = new ArrayDeque<>();
        for (TargetDirectory at = this; !at.isRoot(); at = at.parent) {
            names.push(PathBytes.printable(at.name));
        }
        names.push(rootName.equals("/") ? "" : rootName);
        return isRoot() ? rootName : String.join("/", names);
    }
}
