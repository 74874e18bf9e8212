package org.cranny.engine.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/**
 * One file on its way back: made when its first piece comes, finished when all pieces are written and no more are to
 * come. A file that fails is taken away again, so that nothing half done keeps a final name.
 */
final class FilePlan {
    /** A file of so many octets goes to the disk as soon as it is complete; smaller ones are written better together. */
    private static final int LARGE = 256 << 10;

    private final TargetDirectory directory;
    private final Entry entry;
    private final boolean replace;
    private final byte[] written;
    private final Tally tally;
    private TargetFile file;
    private int open;
    private boolean planned;
    private boolean failed;
    private boolean done;

    /**
     * @param replace whether a file of this name may be there
     * @param aside whether it gets its name when it is complete, and what has that name stays until then
     */
    FilePlan(TargetDirectory directory, Entry entry, boolean replace, boolean aside, Tally tally) {
        this.directory = directory;
        this.entry = entry;
        this.replace = replace || aside;
        written = aside ? aside(entry.name()) : entry.name();
        this.tally = tally;
    }

    /** The same for the same name: what a restore that was killed left behind, the next one takes away. */
    private static byte[] aside(byte[] name) {
        UUID digest = UUID.nameUUIDFromBytes(name);
        return (".cranny-" + digest).getBytes(StandardCharsets.US_ASCII);
    }

    private long size() {
        return ((Thing.File) entry.thing()).size();
    }

    /** One more piece will be written. */
    synchronized void expect() {
        open++;
    }

    /** No more pieces follow. */
    synchronized void planned() throws IOException {
        planned = true;
        finishIfDone();
    }

    /** Writes one expected piece. */
    void write(byte[] data, int from, int length, long offset) throws IOException {
        try {
            TargetFile target = made(length);
            if (target != null) {
                target.write(data, from, length, offset);
            }
        } catch (PosixException refused) {
            impossible(refused);
            return;
        }
        settle();
    }

    /** @param octets that are written to it first; a file that has no others needs not be made longer before */
    private synchronized TargetFile made(int octets) throws IOException {
        if (file == null && !failed) {
            if (replace && directory.existing(written).isPresent()) {
                directory.remove(written);
            }
            file = directory.create(written, octets == size() ? 0 : size());
        }
        return file;
    }

    private synchronized void settle() throws IOException {
        open--;
        finishIfDone();
    }

    private void finishIfDone() throws IOException {
        if (open > 0 || !planned || done || failed) {
            return;
        }
        try (TargetFile complete = made(0)) {
            complete.finish(entry.attributes());
            if (size() >= LARGE) {
                complete.beginSync();
            }
        } catch (PosixException refused) {
            open++;
            impossible(refused);
            return;
        }
        file = null;
        if (written != entry.name()) {
            directory.rename(written, entry.name());
        }
        done = true;
        tally.done(size());
    }

    /** This file cannot be here; others can, unless it is the disk that says no. */
    private void impossible(PosixException refused) throws IOException {
        if (!refused.isOfThisThing()) {
            throw refused;
        }
        fail(new IOException(refused.reason()));
    }

    /** An expected piece will not come. */
    synchronized void fail(IOException reason) throws IOException {
        open--;
        if (failed) {
            return;
        }
        failed = true;
        if (file != null) {
            file.close();
            file = null;
            directory.remove(written);
        }
        tally.failed(directory + "/" + entry.printableName(), reason.getMessage());
    }
}
