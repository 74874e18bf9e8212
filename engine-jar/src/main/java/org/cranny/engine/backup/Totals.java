package org.cranny.engine.backup;

/** What a scan has seen. One thread writes. */
final class Totals {
    private long files;
    private long bytes;
    private long unread;

    void file(long size) {
        files++;
        bytes += size;
    }

    void unread() {
        unread++;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    long unreadCount() {
        return unread;
    }
}
