package org.cranny.central.brake;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the commits of a source did, from central's own book of packs: nothing of it is the source's word. Each is
 * compared with the newest snapshot that was a day old by then, so that what comes in small steps adds up.
 */
final class History {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int EARLIER = 30;
    private static final int MOST = 2_000;

    private final EntityManager entities;
    private final long source;
    private final List<Received> received;

    /** @param received newest first */
    private History(EntityManager entities, long source, List<Received> received) {
        this.entities = entities;
        this.source = source;
        this.received = received;
    }

    private record Received(long version, long millis) {}

    private record Span(long from, long to, long bytes) {}

    /** @param version of the commit that is judged, which is not written yet */
    static History of(EntityManager entities, long source, long version, Instant now) {
        List<Received> received = new ArrayList<>();
        received.add(new Received(version, now.toEpochMilli()));
        for (Object row : entities.createNativeQuery("select s.version, s.received_millis from snapshot s"
                        + " where s.source = ? and s.version < ? order by s.version desc")
                .setParameter(1, source)
                .setParameter(2, version)
                .setMaxResults(MOST)
                .getResultList()) {
            Object[] cells = (Object[]) row;
            received.add(new Received(number(cells[0]), number(cells[1])));
        }
        return new History(entities, source, received);
    }

    /** The newest version that was a day old when this one came. */
    private Optional<Received> base(int place) {
        long before = received.get(place).millis() - DAY;
        return received.stream()
                .skip(place + 1L)
                .filter(each -> each.millis() <= before)
                .findFirst();
    }

    /** The newest version of before the day that is judged; empty on a source's first day. */
    Optional<Long> base() {
        return base(0).map(Received::version);
    }

    /** What this day changed, and after it what up to 30 commits of before did in theirs. Not on a source's first day. */
    List<Jump.Change> changes() {
        long first = base().orElseThrow();
        List<long[]> pairs = new ArrayList<>();
        pairs.add(new long[] {first, received.get(0).version()});
        for (int place = 1; place < received.size() && pairs.size() <= EARLIER; place++) {
            long version = received.get(place).version();
            if (version <= first) {
                base(place).ifPresent(base -> pairs.add(new long[] {base.version(), version}));
            }
        }
        List<Span> spans = spans(pairs.get(pairs.size() - 1)[0]);
        return pairs.stream().map(pair -> change(spans, pair[0], pair[1])).toList();
    }

    private static Jump.Change change(List<Span> spans, long base, long version) {
        long needed = 0;
        long added = 0;
        long gone = 0;
        for (Span span : spans) {
            if (span.from() > base && span.from() <= version) {
                added += span.bytes();
            } else if (span.from() <= base && span.to() > base) {
                needed += span.bytes();
                gone += span.to() <= version ? span.bytes() : 0;
            }
        }
        return new Jump.Change(needed, added, gone);
    }

    /** Octets of packs that were needed after this version, by the snapshots that added and removed them. */
    private List<Span> spans(long after) {
        List<Span> spans = new ArrayList<>();
        for (Object row : entities.createNativeQuery("select p.from_version, p.to_version, sum(p.length) from pack p"
                        + " where p.source = ? and p.from_version is not null"
                        + " and (p.to_version is null or p.to_version > ?) group by p.from_version, p.to_version")
                .setParameter(1, source)
                .setParameter(2, after)
                .getResultList()) {
            Object[] cells = (Object[]) row;
            spans.add(
                    new Span(number(cells[0]), cells[1] == null ? Long.MAX_VALUE : number(cells[1]), number(cells[2])));
        }
        return spans;
    }

    /** Commits of the last 24 hours, with the one that is judged. */
    long inADay() {
        return received.stream()
                .filter(each -> each.millis() > received.get(0).millis() - DAY)
                .count();
    }

    /** The most commits of any 24 hours before these. */
    long busiest() {
        long busiest = 0;
        int oldest = (int) inADay();
        for (int newest = oldest; newest < received.size(); newest++) {
            long begins = received.get(newest).millis() - DAY;
            while (oldest < received.size() && received.get(oldest).millis() > begins) {
                oldest++;
            }
            busiest = Math.max(busiest, oldest - newest);
        }
        return busiest;
    }

    /** Whether somebody changed a policy within the day that is judged: then a jump is what was asked for. */
    boolean policyChanged() {
        return number(entities.createNativeQuery("select count(*) from policy_change c where c.changed_millis > ?")
                        .setParameter(1, received.get(0).millis() - DAY)
                        .getSingleResult())
                > 0;
    }

    private static long number(Object cell) {
        return ((Number) (cell instanceof Object[] several ? several[0] : cell)).longValue();
    }
}
