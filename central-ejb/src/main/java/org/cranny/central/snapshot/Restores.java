package org.cranny.central.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.RestoreNote;
import org.cranny.protocol.snapshot.RestoreNotes;

/** Puts the restores that machines make by themselves into the log, each once, however often it is told. */
@ApplicationScoped
public class Restores {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern SNAPSHOT = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT = 8;

    private final Database database;
    private final AuditLog log;

    protected Restores() {
        this(null, null);
    }

    @Inject
    public Restores(Database database, AuditLog log) {
        this.database = database;
        this.log = log;
    }

    /** @throws ProblemException TOO_LARGE, or BAD_REQUEST with the member that cannot be meant; then none is taken */
    public void hear(SystemId source, RestoreNotes told) {
        List<RestoreNote> notes = told.restores() == null ? List.of() : told.restores();
        if (notes.size() > RestoreNotes.MOST) {
            throw new ProblemException(
                    ProblemKind.TOO_LARGE, "at most " + RestoreNotes.MOST + " restores are taken at once");
        }
        notes.forEach(Restores::check);
        database.durably(entities -> {
            for (RestoreNote note : notes) {
                String id = source.number() + " " + note.id();
                if (entities.find(RestoreRow.class, id) == null) {
                    entities.persist(new RestoreRow(id));
                    log.append("system " + source.number(), "restore", "system " + source.number(), described(note));
                }
            }
            return null;
        });
    }

    private static String described(RestoreNote note) {
        String what =
                "snapshot " + note.snapshot().substring(0, SHORT) + ", begun " + Instant.ofEpochSecond(note.began());
        return note.ended() == null
                ? what + ", did not come to its end"
                : what + ", ended " + Instant.ofEpochSecond(note.ended()) + ": " + note.files() + " files, "
                        + note.bytes() + " octets, " + note.failed() + " failed";
    }

    private static void check(RestoreNote note) {
        needs(note != null, "restores", "a restore is missing");
        needs(note.id() != null && ID.matcher(note.id()).matches(), "id", "the id of a restore is a UUID");
        needs(
                note.snapshot() != null && SNAPSHOT.matcher(note.snapshot()).matches(),
                "snapshot",
                "a snapshot has an id of 64 hexadecimal digits");
        needs(isTime(note.began()), "began", "a restore begins at a second since 1970");
        needs(
                note.ended() == null || isTime(note.ended()) && note.ended() >= note.began(),
                "ended",
                "a restore ends after it began");
        needs(note.files() >= 0, "files", "there are no fewer than 0 files");
        needs(note.bytes() >= 0, "bytes", "there are no fewer than 0 octets");
        needs(note.failed() >= 0, "failed", "there are no fewer than 0 files");
    }

    private static boolean isTime(long second) {
        try {
            return second >= 0 && Instant.ofEpochSecond(second) != null;
        } catch (DateTimeException tooFar) {
            return false;
        }
    }

    private static void needs(boolean right, String field, String otherwise) {
        if (!right) {
            throw new ProblemException(Problem.ofField(field, otherwise));
        }
    }
}
