package org.cranny.central.recovery;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Tokens;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Finds recoveries, or refuses. */
final class RecoveryRows {
    private final Database database;

    RecoveryRows(Database database) {
        this.database = database;
    }

    RecoveryRow find(long id) {
        return database.read(entities -> find(entities, id, LockModeType.NONE));
    }

    /** For a change: nobody else changes it until the running transaction ends. */
    static RecoveryRow lock(EntityManager entities, long id) {
        return find(entities, id, LockModeType.PESSIMISTIC_WRITE);
    }

    RecoveryRow byToken(String token) {
        return database.read(entities -> entities.createQuery(
                                "select r from RecoveryRow r where r.tokenHash = :hash", RecoveryRow.class)
                        .setParameter("hash", Tokens.hash(token == null ? "" : token.strip()))
                        .getResultStream()
                        .findFirst())
                .orElseThrow(
                        () -> new ProblemException(ProblemKind.UNKNOWN_TOKEN, "central knows no such recovery token"));
    }

    /** Newest first. @param systems null for all */
    List<RecoveryRow> newest(List<Long> systems, int limit) {
        if (systems != null && systems.isEmpty()) {
            return List.of();
        }
        String which = systems == null ? "" : " where r.source in :systems";
        return database.read(entities -> {
            var query = entities.createQuery(
                    "select r from RecoveryRow r" + which + " order by r.id desc", RecoveryRow.class);
            if (systems != null) {
                query.setParameter("systems", systems);
            }
            return query.setMaxResults(limit).getResultList();
        });
    }

    private static RecoveryRow find(EntityManager entities, long id, LockModeType lock) {
        RecoveryRow row = entities.find(RecoveryRow.class, id, lock);
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no recovery " + id);
        }
        return row;
    }
}
