package org.cranny.central.job;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Finds rows of jobs. Whoever changes a job has locked its system before he finds it. */
final class Backlog {
    private final EntityManager entities;

    Backlog(EntityManager entities) {
        this.entities = entities;
    }

    /** @throws ProblemException NOT_FOUND */
    JobRow find(long id) {
        JobRow row = entities.find(JobRow.class, id);
        if (row == null) {
            throw unknown(id);
        }
        return row;
    }

    /** Whose job it is, to lock that system before the job is looked at. @throws ProblemException NOT_FOUND */
    long system(long id) {
        return entities.createQuery("select j.system from JobRow j where j.id = :id", Long.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    long waiting(long system) {
        return entities.createQuery(
                        "select count(j) from JobRow j where j.system = :system and j.state = :waiting", Long.class)
                .setParameter("system", system)
                .setParameter("waiting", JobState.WAITING)
                .getSingleResult();
    }

    /** A system's jobs in this state, oldest first. */
    List<JobRow> of(long system, JobState state, int limit) {
        return entities.createQuery(
                        "select j from JobRow j where j.system = :system and j.state = :state"
                                + " order by j.createdMillis, j.id",
                        JobRow.class)
                .setParameter("system", system)
                .setParameter("state", state)
                .setMaxResults(limit)
                .getResultList();
    }

    Optional<JobRow> due(long system, Instant due) {
        return entities.createQuery(
                        "select j from JobRow j where j.system = :system and j.dueMillis = :due", JobRow.class)
                .setParameter("system", system)
                .setParameter("due", due.toEpochMilli())
                .getResultStream()
                .findFirst();
    }

    /** Numbers of running jobs whose lease has passed: {@link JobRow#lapsed}. */
    List<Long> lapsed(Instant now, Duration lease, int limit) {
        return entities.createQuery(
                        "select j.id from JobRow j where j.state = :running"
                                + " and (j.leaseMillis < :now or j.leaseMillis > :most) order by j.id",
                        Long.class)
                .setParameter("running", JobState.RUNNING)
                .setParameter("now", now.toEpochMilli())
                .setParameter("most", now.plus(lease.multipliedBy(2)).toEpochMilli())
                .setMaxResults(limit)
                .getResultList();
    }

    List<Long> endedBefore(Instant time, int limit) {
        return entities.createQuery("select j.id from JobRow j where j.endedMillis < :time order by j.id", Long.class)
                .setParameter("time", time.toEpochMilli())
                .setMaxResults(limit)
                .getResultList();
    }

    long count(JobState state) {
        return entities.createQuery("select count(j) from JobRow j where j.state = :state", Long.class)
                .setParameter("state", state)
                .getSingleResult();
    }

    long count(JobState state, List<Long> within) {
        return within.isEmpty()
                ? 0
                : entities.createQuery(
                                "select count(j) from JobRow j where j.state = :state and j.system in :within",
                                Long.class)
                        .setParameter("state", state)
                        .setParameter("within", within)
                        .getSingleResult();
    }

    JobTally ended(Instant from, Instant until) {
        long[] counts = new long[3];
        entities.createQuery(
                        "select j.state, j.exitCode, count(j) from JobRow j where j.endedMillis >= :from"
                                + " and j.endedMillis < :until and j.kind in :kinds group by j.state, j.exitCode",
                        Object[].class)
                .setParameter("from", from.toEpochMilli())
                .setParameter("until", until.toEpochMilli())
                .setParameter("kinds", List.of(JobKind.BACKUP.name(), JobKind.RUN_NOW.name()))
                .getResultStream()
                .forEach(row -> {
                    boolean whole = row[1] == null || (Integer) row[1] == 0;
                    if (row[0] == JobState.DONE) {
                        counts[whole ? 0 : 1] += (Long) row[2];
                    } else if (row[0] == JobState.FAILED) {
                        counts[2] += (Long) row[2];
                    }
                });
        return new JobTally(counts[0], counts[1], counts[2]);
    }

    void forget(List<Long> ids) {
        entities.createQuery("delete from JobPathsRow p where p.page.job in :ids")
                .setParameter("ids", ids)
                .executeUpdate();
        entities.createQuery("delete from JobRow j where j.id in :ids")
                .setParameter("ids", ids)
                .executeUpdate();
    }

    List<JobRow> list(JobQuery query) {
        if (query.within() != null && query.within().isEmpty()) {
            return List.of();
        }
        List<String> conditions = new ArrayList<>(List.of("j.id < :after"));
        if (query.state() != null) {
            conditions.add("j.state = :state");
        }
        if (query.system() != null) {
            conditions.add("j.system = :system");
        }
        if (query.within() != null) {
            conditions.add("j.system in :within");
        }
        TypedQuery<JobRow> found = entities.createQuery(
                        "select j from JobRow j where " + String.join(" and ", conditions) + " order by "
                                + (query.state() == null ? "" : "j.state, ") + "j.id desc",
                        JobRow.class)
                .setParameter("after", query.after() == null ? Long.MAX_VALUE : query.after())
                .setMaxResults(query.limit());
        if (query.state() != null) {
            found.setParameter("state", query.state());
        }
        if (query.system() != null) {
            found.setParameter("system", query.system());
        }
        if (query.within() != null) {
            found.setParameter("within", query.within());
        }
        return found.getResultList();
    }

    private static ProblemException unknown(long id) {
        return new ProblemException(ProblemKind.NOT_FOUND, "there is no job " + id);
    }
}
