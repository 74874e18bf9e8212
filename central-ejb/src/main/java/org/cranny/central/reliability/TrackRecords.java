package org.cranny.central.reliability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.system.Standing;

/**
 * The track records of all hosts, in memory, about 1.5 KiB each; read when the first is asked for, written in batches
 * when it is time. A crash costs what was seen since. Thread-safe for one writer.
 */
final class TrackRecords {
    private static final int BATCH = 500;

    private final Database database;
    private final long halfLifeSeconds;
    private final Map<Long, TrackRecord> records = new HashMap<>();
    private final TreeSet<Long> changed = new TreeSet<>();
    private boolean loaded;

    TrackRecords(Database database, long halfLifeSeconds) {
        this.database = database;
        this.halfLifeSeconds = halfLifeSeconds;
    }

    /** @param published what is published of each host, newcomers' values when nothing is */
    synchronized void load(Function<Long, Standing> published) {
        if (!loaded) {
            database.read(entities -> entities.createQuery("select r from TrackRecordRow r", TrackRecordRow.class)
                            .getResultList())
                    .forEach(row -> records.put(row.host(), row.record(published.apply(row.host()))));
            loaded = true;
        }
    }

    synchronized TrackRecord of(long host, Function<Long, Standing> published) {
        return records.computeIfAbsent(host, number -> new TrackRecord(published.apply(number)));
    }

    synchronized void add(long host, Verdict verdict, long second, long seconds, Function<Long, Standing> published) {
        of(host, published).add(verdict, second, seconds, halfLifeSeconds);
        changed.add(host);
    }

    /** Writes down what changed. */
    void keep() {
        List<Long> numbers = takeChanged();
        for (int from = 0; from < numbers.size(); from += BATCH) {
            keep(numbers.subList(from, Math.min(numbers.size(), from + BATCH)));
        }
    }

    private synchronized List<Long> takeChanged() {
        List<Long> numbers = new ArrayList<>(changed);
        changed.clear();
        return numbers;
    }

    private void keep(List<Long> numbers) {
        database.lightly(entities -> {
            Map<Long, TrackRecordRow> rows = entities.createQuery(
                            "select r from TrackRecordRow r where r.host in :hosts", TrackRecordRow.class)
                    .setParameter("hosts", numbers)
                    .getResultStream()
                    .collect(Collectors.toMap(TrackRecordRow::host, Function.identity()));
            synchronized (this) {
                for (long number : numbers) {
                    TrackRecordRow row = rows.get(number);
                    if (row == null) {
                        row = new TrackRecordRow(number);
                        row.take(records.get(number), halfLifeSeconds);
                        entities.persist(row);
                    } else {
                        row.take(records.get(number), halfLifeSeconds);
                    }
                }
            }
            return null;
        });
    }
}
