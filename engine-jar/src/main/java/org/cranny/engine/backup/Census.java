package org.cranny.engine.backup;

import java.io.IOException;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.walk.Found;
import org.cranny.engine.walk.Walk;

/** Counts what there is to back up, ahead of the backup, so that people see how long it will take. */
final class Census {
    private static final int REPORT_EVERY = 1000;
    private static final byte[] SLASH = {'/'};

    private final Walk walk;
    private final Filter filter;
    private final BackupListener listener;
    private long files;
    private long bytes;

    private Census(Walk walk, Filter filter, BackupListener listener) {
        this.walk = walk;
        this.filter = filter;
        this.listener = listener;
    }

    /** Counts on a thread of its own; a census that fails is just not there. */
    static void begin(Posix posix, Selection selection, Filter filter, BackupListener listener) {
        Thread thread = new Thread(() -> run(posix, selection, filter, listener), "census");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Posix posix, Selection selection, Filter filter, BackupListener listener) {
        try (Walk walk = Walk.open(posix, SLASH, 0)) {
            Census census = new Census(walk, filter, listener);
            census.count(selection, new byte[0]);
            listener.total(census.files, census.bytes);
        } catch (IOException e) {
            listener.total(0, 0);
        }
    }

    private void count(Selection selection, byte[] path) throws IOException {
        if (selection.whole()) {
            Stat stat = walk.stat(path);
            if (stat.isDirectory()) {
                countBelow(path);
            } else {
                add(stat);
            }
            return;
        }
        for (Selection child : selection.children()) {
            count(child, PathBytes.join(path, child.name()));
        }
    }

    private void countBelow(byte[] path) {
        for (Found found : filter.taken(walk.list(path), walk)) {
            byte[] below = PathBytes.join(path, found.name());
            if (found.stat().isDirectory()) {
                if (filter.enters(below, found.stat())) {
                    countBelow(below);
                }
            } else {
                add(found.stat());
            }
        }
    }

    private void add(Stat stat) {
        if (stat.isFile()) {
            files++;
            bytes += stat.size();
            if (files % REPORT_EVERY == 0) {
                listener.total(files, bytes);
            }
        }
    }
}
