package org.cranny.central.brake;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * What the commits of a source did. Packs are central's own book; the size of files and what is new in them is the
 * source's word. Each commit is compared with the newest snapshot that was a day old by then, so that what comes in small
 * steps adds up; what people accepted, and what keys explain, begins anew.
 */
final class History {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int MOST = 2_000;

    /** Needed by the newest snapshot. */
    static final long KEPT = Long.MAX_VALUE;

    private final List<Received> received;
    private final LongFunction<List<Span>> packs;
    private final Optional<Received> base;
    private final long accepted;

    /**
     * @param received newest first; the first one is judged
     * @param packs octets that are needed after a version
     */
    History(List<Received> received, LongFunction<List<Span>> packs, Starts starts) {
        this.received = received;
        this.packs = packs;
        this.accepted = starts.accepted();
        this.base = base(received, starts);
    }

    /**
     * A commit. What was judged of it is null where nothing was.
     *
     * @param files octets of files
     */
    record Received(
            long version, long millis, long files, String selection, Jump.Shares shares, long plain, long stored) {}

    /** @param accepted when two people last released a brake @param rekeyed when its keys were last replaced; 0 for never */
    record Starts(long accepted, long rekeyed) {}

    /** Octets of packs, by the versions that added and removed them: {@link #KEPT} where none did. */
    record Span(long from, long to, long bytes) {}

    /** @param commit the one that is judged, which is not written yet */
    static History of(EntityManager entities, Judged commit, Starts starts, Instant now) {
        List<Received> received = new ArrayList<>();
        received.add(new Received(
                commit.version(),
                now.toEpochMilli(),
                commit.files(),
                commit.selection(),
                null,
                commit.plain(),
                commit.stored()));
        for (Object row : entities.createNativeQuery("select s.version, s.received_millis, s.bytes, b.selection,"
                        + " b.share_gone, b.share_new, b.share_rewritten, b.new_plain, b.new_stored"
                        + " from snapshot s left join brake_commit b on b.source = s.source and b.version = s.version"
                        + " where s.source = ? and s.version < ? order by s.version desc")
                .setParameter(1, commit.source())
                .setParameter(2, commit.version())
                .setMaxResults(MOST)
                .getResultList()) {
            received.add(received((Object[]) row));
        }
        return new History(received, after -> spans(entities, commit.source(), after), starts);
    }

    private static Received received(Object[] cells) {
        return new Received(
                number(cells[0]),
                number(cells[1]),
                number(cells[2]),
                (String) cells[3],
                cells[4] == null
                        ? null
                        : new Jump.Shares(
                                ((Number) cells[4]).doubleValue(),
                                ((Number) cells[5]).doubleValue(),
                                ((Number) cells[6]).doubleValue()),
                cells[7] == null ? 0 : number(cells[7]),
                cells[8] == null ? 0 : number(cells[8]));
    }

    private static Optional<Received> base(List<Received> received, Starts starts) {
        List<Received> earlier = received.subList(1, received.size());
        long latest = Math.max(received.get(0).millis() - DAY, starts.accepted());
        Optional<Received> old =
                earlier.stream().filter(each -> each.millis() <= latest).findFirst();
        if (old.isEmpty() || old.get().millis() >= starts.rekeyed()) {
            return old;
        }
        return earlier.stream()
                .filter(each -> each.millis() >= starts.rekeyed())
                .reduce((newer, older) -> older);
    }

    /** The newest version of before what is judged; empty on a source's first day, and in the first one with new keys. */
    Optional<Long> base() {
        return base.map(Received::version);
    }

    /** Whether no snapshot is a day old, so that nothing is known of what is usual. */
    boolean isFirstDay() {
        return received.get(received.size() - 1).millis() > received.get(0).millis() - DAY;
    }

    /** What changed since then, without what a changed policy explains. */
    Jump.Day day() {
        long from = base.orElseThrow().version();
        Map<Long, Long> added = new HashMap<>();
        Map<Long, Long> gone = new HashMap<>();
        long needed = 0;
        for (Span span : packs.apply(from)) {
            if (span.from() > from) {
                added.merge(span.from(), span.bytes(), Long::sum);
            } else {
                needed += span.bytes();
                if (span.to() != KEPT) {
                    gone.merge(span.to(), span.bytes(), Long::sum);
                }
            }
        }
        long fewer = 0;
        long more = 0;
        for (long version : explained(from)) {
            long difference = added.getOrDefault(version, 0L) - gone.getOrDefault(version, 0L);
            fewer = Math.max(fewer, -difference);
            more = Math.max(more, difference);
        }
        return said(from, needed, sum(added) - more, sum(gone) - fewer);
    }

    private Jump.Day said(long from, long needed, long added, long gone) {
        List<Received> day =
                received.stream().filter(each -> each.version() > from).toList();
        long before = base.orElseThrow().files();
        long largest =
                Math.max(before, day.stream().mapToLong(Received::files).max().orElse(0));
        long plain = day.stream().mapToLong(Received::plain).sum();
        long stored = day.stream().mapToLong(Received::stored).sum();
        long grown = Math.max(0, received.get(0).files() - before);
        return new Jump.Day(
                needed, added, gone, largest, Math.max(0, plain - grown), plain == 0 ? 0 : (double) stored / plain);
    }

    /**
     * Versions in which a changed selection may show: those since the first one that was committed under it, for a day,
     * since a machine may have begun before it knew.
     */
    private Set<Long> explained(long from) {
        Set<Long> explained = new HashSet<>();
        long until = Long.MIN_VALUE;
        String before = null;
        for (int place = received.size() - 1; place >= 0; place--) {
            Received each = received.get(place);
            if (before != null && each.selection() != null && !before.equals(each.selection())) {
                until = each.millis() + DAY;
            }
            before = each.selection() == null ? before : each.selection();
            if (each.version() > from && each.millis() < until) {
                explained.add(each.version());
            }
        }
        return explained;
    }

    /** The largest shares of each earlier day that had commits, newest first. */
    List<Jump.Shares> sharesBefore() {
        Map<Long, Jump.Shares> days = new TreeMap<>();
        for (Received each : received) {
            long day = (received.get(0).millis() - each.millis()) / DAY;
            if (each.shares() != null && day > 0) {
                days.merge(day, each.shares(), Jump.Shares::most);
            }
        }
        return days.values().stream().limit(Jump.EARLIER).toList();
    }

    /** How much of what was new compression left, in commits of before this day. */
    List<Double> storedBefore() {
        long from = base.orElseThrow().version();
        return received.stream()
                .filter(each -> each.version() <= from && each.plain() > 0)
                .limit(Jump.EARLIER)
                .map(each -> (double) each.stored() / each.plain())
                .toList();
    }

    private static List<Span> spans(EntityManager entities, long source, long after) {
        List<Span> spans = new ArrayList<>();
        for (Object row : entities.createNativeQuery("select p.from_version, p.to_version, sum(p.length) from pack p"
                        + " where p.source = ? and p.from_version is not null"
                        + " and (p.to_version is null or p.to_version > ?) group by p.from_version, p.to_version")
                .setParameter(1, source)
                .setParameter(2, after)
                .getResultList()) {
            Object[] cells = (Object[]) row;
            spans.add(new Span(number(cells[0]), cells[1] == null ? KEPT : number(cells[1]), number(cells[2])));
        }
        return spans;
    }

    /** Commits of the last 24 hours that nobody accepted yet, with the one that is judged. */
    long inADay() {
        long begins = Math.max(received.get(0).millis() - DAY, accepted);
        return received.stream().filter(each -> each.millis() > begins).count();
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

    private static long sum(Map<Long, Long> some) {
        return some.values().stream().mapToLong(each -> each).sum();
    }

    private static long number(Object cell) {
        return ((Number) cell).longValue();
    }
}
