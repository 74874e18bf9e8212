package org.cranny.central.recovery;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.cranny.central.database.Database;
import org.cranny.central.job.JobSeal;

/** Keeps what recoveries are of, sealed, for as long as they can be begun. */
final class Choices {
    private static final String PURPOSE = "recovery";

    private final Database database;
    private final JobSeal seal;

    Choices(Database database, JobSeal seal) {
        this.database = database;
        this.seal = seal;
    }

    /** As part of asking; the rows of recoveries that expired go with it. */
    void keep(EntityManager entities, RecoveryRow recovery, Choice choice, Instant now) {
        entities.createQuery("delete from ChoiceRow c where c.expiresMillis <= :now")
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        byte[] salt = seal.salt();
        entities.persist(
                new ChoiceRow(recovery.id(), salt, seal.seal(salt, PURPOSE, 0, choice.document()), recovery.expires()));
    }

    /** Of a recovery that can still be begun. */
    Choice of(RecoveryRow recovery) {
        ChoiceRow row = database.read(entities -> entities.find(ChoiceRow.class, recovery.id()));
        if (row == null) {
            throw new IllegalStateException("it is not written down what recovery " + recovery.id() + " is of");
        }
        return Choice.read(seal.open(row.salt(), PURPOSE, 0, row.sealed()));
    }
}
