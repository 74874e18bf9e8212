package org.cranny.engine.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.tree.Attributes;

/**
 * The folder that a restore writes into: nothing outside of it is ever written.
 *
 * <p>Every step goes from one directory descriptor to the next, never through a symbolic link, whoever may be moving
 * things meanwhile; names that the format forbids are refused again here. Paths may be longer than the kernel takes.
 * Order for the caller: directories and files, then links, then each directory's own attributes from the bottom up.
 * May be used by many threads; at most about three hundred descriptors are open besides the files.
 *
 * <p>Not promised: that another process of the same user leaves the content alone.
 */
public final class Target implements Closeable {
    private final Posix posix;
    private final TargetRules rules;
    private final TargetWarnings warnings = new TargetWarnings();
    private final TargetAttributes attributes;
    private final TargetHandles handles;
    private final TargetDirectory root;

    private Target(Posix posix, int fd, String name, TargetRules rules) throws PosixException {
        this.posix = posix;
        this.rules = rules;
        this.attributes = new TargetAttributes(posix, rules, warnings);
        this.handles = new TargetHandles(posix, fd);
        this.root = TargetDirectory.root(this, name, posix.stat(fd));
    }

    /** Opens the folder, and makes it when it is missing. Links in this path are the user's own and are followed. */
    public static Target open(Posix posix, Path directory, TargetRules rules) throws IOException {
        Files.createDirectories(directory);
        byte[] path = PathBytes.of(directory.toRealPath());
        int fd = posix.open(Posix.CWD, path, Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        return new Target(posix, fd, PathBytes.printable(path), rules);
    }

    public TargetDirectory root() {
        return root;
    }

    /** Whether there is nothing in the folder yet. */
    public boolean isEmpty() throws IOException {
        return handles.with(root, posix::list).isEmpty();
    }

    /** What could not be restored as it was, in lines for people: of each reason some by name, and how many more. */
    public List<String> warnings() {
        return warnings.lines();
    }

    /** How often something could not be restored as it was. */
    public long warningCount() {
        return warnings.count();
    }

    /** Returns when everything written so far is on disk. */
    public void sync() throws IOException {
        handles.<Void>with(root, fd -> {
            posix.syncFileSystem(fd);
            return null;
        });
    }

    @Override
    public void close() throws IOException {
        handles.close();
    }

    Posix posix() {
        return posix;
    }

    TargetRules rules() {
        return rules;
    }

    TargetHandles handles() {
        return handles;
    }

    void warn(Object path, String reason) {
        warnings.add(path.toString(), reason);
    }

    void apply(int fd, FileType type, Attributes wanted, Object path) throws PosixException {
        attributes.apply(fd, type, wanted, path);
    }
}
