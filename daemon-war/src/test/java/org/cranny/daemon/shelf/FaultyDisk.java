package org.cranny.daemon.shelf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A real disk that notes what is done to it, and fails once where it is told. */
final class FaultyDisk implements Disk {
    /** Something that happens to the disk. */
    interface Accident {
        void happen() throws IOException;
    }

    final List<String> acts = new ArrayList<>();
    private boolean forceFailed;
    private boolean forcedAgain;
    private int accidentAt;
    private Accident accident;
    private final Disk real = Disk.real();
    private String faultyAct = "";
    private String message = "";

    /** @param message what the operating system would say */
    void failNext(String act, String message) {
        this.faultyAct = act;
        this.message = message;
    }

    /** @param number of the act before which it happens, from 1 */
    void before(int number, Accident happens) {
        accidentAt = number;
        accident = happens;
    }

    /** Whether anything was forced after a force had failed. */
    boolean wasForcedAgain() {
        return forcedAgain;
    }

    private void forcing(Accident act) throws IOException {
        forcedAgain |= forceFailed;
        try {
            act.happen();
        } catch (IOException e) {
            forceFailed = true;
            throw e;
        }
    }

    private synchronized void act(String act, Path at) throws IOException {
        acts.add(act + " " + at.getFileName());
        if (acts.size() == accidentAt) {
            accident.happen();
        }
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
                forcing(() -> {
                    act("force", part);
                    out.force();
                });
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
        forcing(() -> {
            act("forceFolder", folder);
            real.forceFolder(folder);
        });
    }

    @Override
    public void forceFile(Path file) throws IOException {
        forcing(() -> {
            act("forceFile", file);
            real.forceFile(file);
        });
    }
}
