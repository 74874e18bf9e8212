package org.cranny.engine.restore;

import java.io.IOException;
import java.util.Optional;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.tree.Entry;

/** A folder of the target, made when something is put into it. */
final class Place {
    private final Place parent;
    private final Entry entry;
    private final byte[] path;
    private final MakeRoom room;
    private TargetDirectory made;

    /** Takes away what stands in the way of an entry. */
    @FunctionalInterface
    interface MakeRoom {
        void makeFor(Entry entry, TargetDirectory into) throws IOException;
    }

    private Place(Place parent, Entry entry, byte[] path, MakeRoom room, TargetDirectory made) {
        this.parent = parent;
        this.entry = entry;
        this.path = path;
        this.room = room;
        this.made = made;
    }

    static Place root(Target target) {
        return new Place(null, null, new byte[0], null, target.root());
    }

    Place below(Entry folder, byte[] itsPath, MakeRoom makeRoom) {
        return new Place(this, folder, itsPath, makeRoom, null);
    }

    /** Relative to the root of the snapshot, raw octets. */
    byte[] path() {
        return path;
    }

    /** What the snapshot says of it. */
    Entry entry() {
        return entry;
    }

    TargetDirectory made() throws IOException {
        if (made == null) {
            TargetDirectory into = parent.made();
            room.makeFor(entry, into);
            made = into.child(entry.name());
        }
        return made;
    }

    boolean isMade() {
        return made != null;
    }

    /** Whether something stands under this name already. */
    boolean stands() throws IOException {
        return standing().isPresent();
    }

    /** Whether a directory does. */
    boolean isDirectory() throws IOException {
        return standing().filter(Stat::isDirectory).isPresent();
    }

    private Optional<Stat> standing() throws IOException {
        return parent.isMade() || parent.stands() ? parent.made().existing(entry.name()) : Optional.empty();
    }
}
