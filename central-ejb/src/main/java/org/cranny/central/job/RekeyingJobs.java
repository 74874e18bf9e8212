package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.cranny.central.brake.Rekeying;
import org.cranny.central.database.Database;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobState;

/** Rotations after a compromise that somebody ordered, and that were carried out. */
@ApplicationScoped
public class RekeyingJobs implements Rekeying {
    private static final int MOST = 20;

    private final Database database;
    private final JobSeal seal;

    protected RekeyingJobs() {
        this(null, null);
    }

    @Inject
    public RekeyingJobs(Database database, JobSeal seal) {
        this.database = database;
        this.seal = seal;
    }

    @Override
    public Optional<Instant> last(long source) {
        return database.read(entities -> entities.createQuery(
                        "select j from JobRow j where j.system = :system and j.kind = :kind and j.state = :done"
                                + " order by j.endedMillis desc",
                        JobRow.class)
                .setParameter("system", source)
                .setParameter("kind", JobKind.ROTATE_KEYS.name())
                .setParameter("done", JobState.DONE)
                .setMaxResults(MOST)
                .getResultStream()
                .map(row -> row.whole(seal))
                .filter(job -> Boolean.TRUE.equals(job.order().get("afterCompromise")))
                .map(Job::ended)
                .findFirst());
    }
}
