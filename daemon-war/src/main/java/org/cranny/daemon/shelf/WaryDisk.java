package org.cranny.daemon.shelf;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import org.cranny.daemon.capacity.Room;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * A disk that is trusted until it fails. A force that fails is never tried again: after it the kernel may report success
 * for pages it has thrown away. From then on nothing is taken in, moved or deleted until the daemon starts again.
 */
final class WaryDisk implements Disk {
    private static final Logger LOG = System.getLogger(WaryDisk.class.getName());

    private final Disk disk;
    private final Room room;
    private volatile String failure;

    WaryDisk(Disk disk, Room room) {
        this.disk = disk;
        this.room = room;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** One line for people. */
    String failure() {
        return "this host's disk failed earlier: " + failure;
    }

    /** @throws ProblemException READ_ONLY after a failure */
    void requireNoFailure() {
        if (hasFailed()) {
            throw new ProblemException(ProblemKind.READ_ONLY, failure());
        }
    }

    /** The disk is not trusted any more, and the room that it offered is gone. */
    void failed(IOException e) {
        failure = String.valueOf(e.getMessage());
        room.shut();
        LOG.log(Level.ERROR, "ALARM: the disk failed, nothing more is taken in until the daemon starts again", e);
    }

    private interface Act {
        void run() throws IOException;
    }

    private void force(Act act) throws IOException {
        try {
            act.run();
        } catch (IOException e) {
            failed(e);
            throw e;
        }
    }

    /** A part that cannot be forced is dropped by whoever receives it, and says there whether the disk was only full. */
    @Override
    public Part create(Path part) throws IOException {
        return disk.create(part);
    }

    /** A folder is made once; whether its name was forced then nobody asks again. */
    @Override
    public void makeFolder(Path folder) throws IOException {
        try {
            disk.makeFolder(folder);
        } catch (IOException e) {
            if (!Full.is(e)) {
                failed(e);
            }
            throw e;
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void stamp(Path file, Instant time) throws IOException {
        disk.stamp(file, time);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        force(() -> disk.forceFolder(folder));
    }

    @Override
    public void forceFile(Path file) throws IOException {
        force(() -> disk.forceFile(file));
    }
}
