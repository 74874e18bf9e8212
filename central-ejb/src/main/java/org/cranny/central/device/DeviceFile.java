package org.cranny.central.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is open to be given back; to be closed. */
public final class DeviceFile implements Closeable {
    private final String name;
    private final long bytes;
    private final Content content;
    private final Closeable open;

    /** Writes the content once. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    DeviceFile(String name, long bytes, Content content, Closeable open) {
        this.name = name;
        this.bytes = bytes;
        this.content = content;
        this.open = open;
    }

    public String name() {
        return name;
    }

    public long bytes() {
        return bytes;
    }

    /** @throws IOException also when a part of it cannot be fetched: what was written until then is the beginning */
    public void writeTo(OutputStream out) throws IOException {
        content.writeTo(out);
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
