package org.cranny.daemon.shelf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A real disk that notes what is done to it, and fails once where it is told. */
final class FaultyDisk implements Disk {
    final List<String> acts = new ArrayList<>();
    private final Disk real = Disk.real();
    private String faultyAct = "";
    private String message = "";

    /** @param message what the operating system would say */
    void failNext(String act, String message) {
        this.faultyAct = act;
        this.message = message;
    }

    private synchronized void act(String act, Path at) throws IOException {
        acts.add(act + " " + at.getFileName());
        if (act.equals(faultyAct)) {
            faultyAct = "";
            throw new IOException(message);
        }
    }

    @Override
    public Part create(Path part) throws IOException {
        act("create", part);
        Part out = real.create(part);
        return new Part() {
            @Override
            public void write(ByteBuffer octets) throws IOException {
                act("write", part);
                out.write(octets);
            }

            @Override
            public void force() throws IOException {
                act("force", part);
                out.force();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        act("folder", folder);
        real.makeFolder(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        act("move", to);
        real.move(from, to);
    }

    @Override
    public void stamp(Path file, Instant time) throws IOException {
        act("stamp", file);
        real.stamp(file, time);
    }

    @Override
    public void delete(Path file) throws IOException {
        act("delete", file);
        real.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        act("forceFolder", folder);
        real.forceFolder(folder);
    }

    @Override
    public void forceFile(Path file) throws IOException {
        act("forceFile", file);
        real.forceFile(file);
    }
}
