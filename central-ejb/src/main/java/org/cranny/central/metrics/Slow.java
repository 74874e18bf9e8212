package org.cranny.central.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.central.database.Database;
import org.cranny.central.placement.CopyCount;
import org.cranny.central.repair.Repairs;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.job.JobState;

/**
 * What takes long to count: it reads all packs, snapshots and jobs.
 *
 * @param counted when
 * @param packs by the number of their good copies
 * @param sources by the age of their newest snapshot
 * @param jobs by state
 */
record Slow(
        Instant counted, Map<String, Long> packs, Map<String, Long> sources, Map<String, Long> jobs, long snapshots) {
    private static final int MANY = 5;
    private static final Map<String, Duration> AGES = new LinkedHashMap<>();

    static {
        AGES.put("1d", Duration.ofDays(1));
        AGES.put("3d", Duration.ofDays(3));
        AGES.put("7d", Duration.ofDays(7));
        AGES.put("30d", Duration.ofDays(30));
    }

    static Slow count(Database database, Systems systems, Snapshots snapshots, Repairs repairs, Instant now) {
        Map<String, Long> packs = new TreeMap<>();
        for (int copies = 0; copies < MANY; copies++) {
            packs.put(String.valueOf(copies), 0L);
        }
        packs.put(MANY + "+", 0L);
        for (CopyCount each : repairs.redundancy()) {
            packs.merge(each.copies() < MANY ? String.valueOf(each.copies()) : MANY + "+", each.packs(), Long::sum);
        }
        Map<String, Long> jobs = new LinkedHashMap<>();
        for (JobState state : JobState.values()) {
            jobs.put(word(state), 0L);
        }
        database.read(entities -> entities.createQuery(
                                "select j.state, count(j) from JobRow j group by j.state", Object[].class)
                        .getResultList())
                .forEach(row -> jobs.put(word((JobState) row[0]), (Long) row[1]));
        long kept = database.read(entities -> entities.createQuery("select count(s) from SnapshotRow s", Long.class)
                .getSingleResult());
        return new Slow(now, packs, ages(systems, snapshots, now), jobs, kept);
    }

    private static Map<String, Long> ages(Systems systems, Snapshots snapshots, Instant now) {
        Map<String, Long> sources = new LinkedHashMap<>();
        AGES.keySet().forEach(age -> sources.put(age, 0L));
        sources.put("older", 0L);
        sources.put("never", 0L);
        Map<Long, Instant> received = snapshots.lastReceived();
        for (Machine machine : systems.all()) {
            if (machine.isSource() && !machine.isDevice() && !machine.revoked()) {
                sources.merge(age(received.get(machine.number()), now), 1L, Long::sum);
            }
        }
        return sources;
    }

    private static String age(Instant last, Instant now) {
        if (last == null) {
            return "never";
        }
        return AGES.entrySet().stream()
                .filter(age -> !last.plus(age.getValue()).isBefore(now))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("older");
    }

    private static String word(JobState state) {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    void write(Exposition out) {
        out.metric("cranny_sources", "gauge", "Sources by the age of their newest snapshot, as last counted.");
        sources.forEach((age, count) -> out.value("last_backup", age, count));
        out.gauge("cranny_snapshots", "Snapshots in the catalogue, as last counted.", snapshots);
        out.metric("cranny_packs", "gauge", "Committed packs by how many good copies they have, as last counted.");
        packs.forEach((copies, count) -> out.value("copies", copies, count));
        out.metric("cranny_jobs", "gauge", "Jobs by state, as last counted.");
        jobs.forEach((state, count) -> out.value("state", state, count));
        out.gauge(
                "cranny_counted_timestamp_seconds",
                "When sources, snapshots, packs and jobs were last counted.",
                counted.getEpochSecond());
    }
}
