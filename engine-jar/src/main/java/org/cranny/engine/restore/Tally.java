package org.cranny.engine.restore;

/** Counts what is done and what failed, and passes it on. Thread-safe. */
final class Tally {
    private final RestoreListener listener;
    private long files;
    private long bytes;
    private long failed;

    Tally(RestoreListener listener) {
        this.listener = listener;
    }

    synchronized void done(long size) {
        files++;
        bytes += size;
        listener.file(size);
    }

    synchronized void failed(String path, String reason) {
        failed++;
        listener.failed(path, reason);
    }

    synchronized long files() {
        return files;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long failed() {
        return failed;
    }
}
