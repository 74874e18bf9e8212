package org.cranny.daemon.capacity;

/** A file system of any size. */
public final class FakeVolume implements Volume {
    public long totalBytes;
    public long freeBytes;

    public FakeVolume(long totalBytes, long freeBytes) {
        this.totalBytes = totalBytes;
        this.freeBytes = freeBytes;
    }

    @Override
    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public long freeBytes() {
        return freeBytes;
    }
}
