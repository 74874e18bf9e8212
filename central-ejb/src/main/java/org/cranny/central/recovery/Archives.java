package org.cranny.central.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.cranny.central.approval.Approvals;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Opened;
import org.cranny.central.browse.Openings;
import org.cranny.central.escrow.KeyRings;
import org.cranny.central.escrow.Reason;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.Format;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Opens what archives need: central itself finds, fetches and opens. Over SSH it is the same archive. */
final class Archives {
    private final Authority authority;
    private final Approvals approvals;
    private final KeyRings keyRings;
    private final Openings openings;
    private final Choices choices;
    private final Runs runs;
    private final Clock clock;

    Archives(
            Authority authority,
            Approvals approvals,
            KeyRings keyRings,
            Openings openings,
            Choices choices,
            Runs runs,
            Clock clock) {
        this.authority = authority;
        this.approvals = approvals;
        this.keyRings = keyRings;
        this.openings = openings;
        this.choices = choices;
        this.runs = runs;
        this.clock = clock;
    }

    ArchiveRun begin(String actor, RecoveryRow row) {
        if (row.way() != Way.ARCHIVE) {
            throw new ProblemException(Problem.ofField("id", "recovery " + row.id() + " is no archive"));
        }
        if (!row.mayBegin(clock.instant())) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND, "recovery " + row.id() + " has expired: ask for another one");
        }
        String leave = approvals.require(row.approval());
        SystemId source = new SystemId(authority.realm(), row.source());
        KeyRing ring = keyRings.open(
                source,
                new Reason(actor, "recovery " + row.id() + " as an archive, " + leave, row.approval()),
                each -> openings.fits(source, each));
        Opened opened = null;
        try {
            opened = openings.open(source, ring, RebuildListener.SILENT);
            return begin(row, ring, opened);
        } catch (IOException | RuntimeException e) {
            ring.destroy();
            close(opened);
            throw e instanceof RuntimeException bug ? bug : new UncheckedIOException((IOException) e);
        }
    }

    private ArchiveRun begin(RecoveryRow row, KeyRing ring, Opened opened) throws IOException {
        Snapshot snapshot = opened.records().snapshots().find(row.snapshot());
        Format format = Format.ofEnding(row.format()).orElseThrow();
        Archive.Request request = new Archive.Request(snapshot, choices.of(row).octets(), format);
        Run run = new Run(snapshot.manifest().files(), snapshot.manifest().bytes());
        runs.started(row.id(), run);
        return new ArchiveRun(runs, row.id(), run, ring, opened, request);
    }

    private static void close(Opened opened) {
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
