package org.cranny.central.snapshot;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds rows of snapshots and leases of one source. */
final class Catalogue {
    private final EntityManager entities;
    private final long source;

    Catalogue(EntityManager entities, long source) {
        this.entities = entities;
        this.source = source;
    }

    Optional<SnapshotRow> newest() {
        return newest(1).stream().findFirst();
    }

    List<SnapshotRow> newest(int limit) {
        return entities.createQuery(
                        "select s from SnapshotRow s where s.source = :source order by s.version desc",
                        SnapshotRow.class)
                .setParameter("source", source)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Those that are not forgotten. */
    List<SnapshotRow> newestKept(int limit) {
        return entities.createQuery(
                        "select s from SnapshotRow s where s.source = :source and s.forgottenMillis is null"
                                + " order by s.version desc",
                        SnapshotRow.class)
                .setParameter("source", source)
                .setMaxResults(limit)
                .getResultList();
    }

    List<SnapshotBrief> between(Instant from, Instant until, int limit) {
        return entities.createQuery(
                        "select s.hash, s.version, s.receivedMillis, s.files, s.bytes, s.storedBytes, s.held"
                                + " from SnapshotRow s where s.source = :source and s.forgottenMillis is null"
                                + " and s.receivedMillis >= :from and s.receivedMillis < :until"
                                + " order by s.receivedMillis desc, s.version desc",
                        Object[].class)
                .setParameter("source", source)
                .setParameter("from", from.toEpochMilli())
                .setParameter("until", until.toEpochMilli())
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new SnapshotBrief(
                        (String) row[0],
                        (Long) row[1],
                        Instant.ofEpochMilli((Long) row[2]),
                        (Long) row[3],
                        (Long) row[4],
                        (Long) row[5],
                        (String) row[6]))
                .toList();
    }

    List<SnapshotRow> after(long version) {
        return entities.createQuery(
                        "select s from SnapshotRow s where s.source = :source and s.version > :version"
                                + " order by s.version",
                        SnapshotRow.class)
                .setParameter("source", source)
                .setParameter("version", version)
                .getResultList();
    }

    Optional<SnapshotRow> find(String hash) {
        return entities.createQuery(
                        "select s from SnapshotRow s where s.source = :source and s.hash = :hash", SnapshotRow.class)
                .setParameter("source", source)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst();
    }

    /** The source's lease; the source must be locked. */
    LeaseRow lease() {
        LeaseRow row = entities.find(LeaseRow.class, source, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            row = new LeaseRow(source);
            entities.persist(row);
        }
        return row;
    }
}
