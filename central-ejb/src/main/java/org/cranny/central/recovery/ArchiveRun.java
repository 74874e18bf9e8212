package org.cranny.central.recovery;

import java.io.IOException;
import java.io.OutputStream;
import org.cranny.central.browse.Opened;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.Format;
import org.cranny.engine.keys.KeyRing;

/** An archive that is ready to be written; it must be written or dropped, which ends it. */
public final class ArchiveRun {
    private final Runs runs;
    private final long recovery;
    private final Run run;
    private final KeyRing ring;
    private final Opened source;
    private final Archive.Request request;

    ArchiveRun(Runs runs, long recovery, Run run, KeyRing ring, Opened source, Archive.Request request) {
        this.runs = runs;
        this.recovery = recovery;
        this.run = run;
        this.ring = ring;
        this.source = source;
        this.request = request;
    }

    public Format format() {
        return request.format();
    }

    /** For a file name: the machine and the snapshot. */
    public String name() {
        return "system-" + source.records().system().number() + "-"
                + request.snapshot().shortId() + "." + request.format().ending();
    }

    /** Writes all of it, or fails; a stream that failed has no end. */
    public void write(OutputStream out) throws IOException {
        try {
            run.whole(new Archive(source.records(), source.packs()).write(request, run.counting(out), run));
        } catch (IOException | RuntimeException e) {
            run.broke(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            throw e;
        } finally {
            end();
        }
    }

    public void drop() throws IOException {
        run.broke("it was not fetched");
        end();
    }

    private void end() throws IOException {
        try {
            run.hosts(source.served(), source.away());
            if (!run.isStopped()) {
                runs.ended(recovery, run);
            }
        } finally {
            ring.destroy();
            source.close();
        }
    }
}
