package org.cranny.central.reliability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.cranny.central.database.Database;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Standing;
import org.cranny.central.system.Systems;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Turns looks into ratings, profiles and classes: looks are gathered in memory, weighed against each other slot by slot
 * ({@link Slot}), added to the hosts' track records ({@link TrackRecord}), and what is published follows in steps. What
 * a crash costs is the looks of the last few minutes. Being off-line lowers a rating; it is never taken for damage.
 */
@ApplicationScoped
public class Reliability {
    /** A look from so near a future is one of now. */
    static final long CLOCKS_DIFFER_SECONDS = 10;

    private static final int PUBLISHED_AT_ONCE = 200;

    private final Hosts hosts;
    private final Systems systems;
    private final Roster roster;
    private final Settings settings;
    private final Clock clock;
    private final Observations observations;
    private final TrackRecords records;
    private final HostDays days;
    private final Reachability reachability = new Reachability();
    private final LastLooks lastLooks = new LastLooks();
    private final Silences silences = new Silences();
    private final long startedAt;
    private long keptAt;

    protected Reliability() {
        this.hosts = null;
        this.systems = null;
        this.roster = null;
        this.settings = null;
        this.clock = null;
        this.observations = null;
        this.records = null;
        this.days = null;
        this.startedAt = 0;
    }

    @Inject
    public Reliability(Database database, Hosts hosts, Systems systems, Roster roster, Settings settings, Clock clock) {
        this.hosts = hosts;
        this.systems = systems;
        this.roster = roster;
        this.settings = settings;
        this.clock = clock;
        this.observations = new Observations(settings.reliabilitySlotSeconds());
        this.records = new TrackRecords(database, settings.reliabilityHalfLifeSeconds());
        this.days = new HostDays(database, clock);
        this.startedAt = second();
        this.keptAt = startedAt;
    }

    /** Takes note that a host reported, and judges whether others can reach it. @param before what was known before */
    void heard(HostStatus before, long host, String address, long boots) {
        long now = second();
        Roster.Page page = roster.page();
        observations.add(host, Slot.REPORTS, Outcome.REACHED, now, now);
        silences.heard(host, now);
        reachability.heard(
                before,
                host,
                address,
                boots,
                now,
                settings.heartbeatSeconds(page.hosts().size()));
        HostStatus status = page.byNumber().get(host);
        if (status != null) {
            reachability.judge(status, page).ifPresent(reason -> hosts.reach(host, reason.isEmpty() ? null : reason));
        }
    }

    /** Takes looks of a system at hosts. Looks at itself, at no host, or of times to come are passed over. */
    void take(long observer, Collection<Seen> looks) {
        long now = second();
        Roster.Page page = roster.page();
        for (Seen seen : looks) {
            boolean counts = seen.system() != observer
                    && page.knows(seen.system())
                    && Slot.fits(seen.system())
                    && Slot.fits(observer)
                    && seen.time() <= now + CLOCKS_DIFFER_SECONDS
                    && seen.time() > now - oldest();
            if (counts) {
                observations.add(seen.system(), observer, seen.outcome(), Math.min(now, seen.time()), now);
                lastLooks.add(observer, seen);
                reachability.saw(observer, seen);
            }
        }
    }

    /** Hosts that this observer should look at because it is not known yet whether anybody can reach them. */
    List<HostStatus> onTrial(long observer) {
        return reachability.toLookAt(observer, roster.page());
    }

    boolean isOnTrial(long host) {
        return reachability.onTrial(host);
    }

    /** Weighs what is ready, publishes what changed enough, and writes down what is known when it is time. */
    public synchronized void weigh() {
        long now = second();
        Roster.Page page = roster.page();
        noticeSilence(page, now);
        TreeMap<Long, Standing> news = new TreeMap<>();
        for (Slot slot :
                observations.ready(now, settings.heartbeatSeconds(page.hosts().size()) + 5L)) {
            slot.verdicts().forEach((host, verdict) -> {
                if (page.knows(host)) {
                    TrackRecord record = record(host, page);
                    records.add(
                            host, verdict, slot.start(), observations.slotSeconds(), number -> standing(host, page));
                    if (record.publish(settings.reliabilityHalfLifeSeconds())) {
                        news.put(host, record.published());
                    }
                }
            });
        }
        publish(news);
        if (now - keptAt >= settings.reliabilityKeptEvery().toSeconds()) {
            keptAt = now;
            records.keep();
        }
        days.keep();
    }

    /** A few hundred at a time, so that no report waits long for its host's row. */
    private void publish(TreeMap<Long, Standing> news) {
        while (!news.isEmpty()) {
            Map<Long, Standing> few = new HashMap<>();
            while (!news.isEmpty() && few.size() < PUBLISHED_AT_ONCE) {
                Map.Entry<Long, Standing> next = news.pollFirstEntry();
                few.put(next.getKey(), next.getValue());
            }
            hosts.rate(few);
        }
    }

    /** Writes down what is known. */
    public synchronized void keep() {
        records.keep();
    }

    /** How a host stood on each of the last days that are known, oldest first; one look a day, the last one. */
    public List<HostDay> days(long number) {
        return days.of(number);
    }

    /** @throws ProblemException NOT_FOUND */
    public synchronized HostReliability of(long number) {
        Roster.Page page = roster.page();
        HostStatus host = page.byNumber().get(number);
        if (host == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no host with the number " + number);
        }
        TrackRecord record = record(number, page);
        return new HostReliability(
                number,
                host.name(),
                host.rating(),
                Math.round(Rating.of(record.all(), settings.reliabilityHalfLifeSeconds()) * 1_000) / 1_000.0,
                host.availability(),
                host.unreachable(),
                host.setAside(),
                part(record.central()),
                part(record.peers()),
                IntStream.range(0, Profile.HOURS)
                        .mapToObj(hour -> rounded(record.profile().share(hour)))
                        .toList(),
                looks(number));
    }

    /**
     * What share of all hosts could be reached in each of the 168 hours of the week, Monday 00:00 UTC first, 0..1; null
     * where nobody looked.
     */
    public synchronized List<Double> week() {
        Roster.Page page = roster.page();
        double[] sums = new double[Profile.HOURS];
        int[] counts = new int[Profile.HOURS];
        for (HostStatus host : page.hosts()) {
            Profile profile = record(host.number(), page).profile();
            for (int hour = 0; hour < Profile.HOURS; hour++) {
                Double share = profile.share(hour);
                sums[hour] += share == null ? 0 : share;
                counts[hour] += share == null ? 0 : 1;
            }
        }
        return IntStream.range(0, Profile.HOURS)
                .mapToObj(hour -> counts[hour] == 0 ? null : rounded(sums[hour] / counts[hour]))
                .toList();
    }

    private List<HostReliability.Look> looks(long number) {
        Map<Long, String> names = new HashMap<>();
        return lastLooks.at(number).stream()
                .map(look -> new HostReliability.Look(
                        look.observer(),
                        names.computeIfAbsent(look.observer(), this::name),
                        Instant.ofEpochSecond(look.seen().time()).toString(),
                        look.seen().outcome().name(),
                        look.seen().millis()))
                .toList();
    }

    private String name(long observer) {
        return observer == Slot.CENTRAL
                ? "central"
                : systems.find(observer).map(Machine::name).orElse("system " + observer);
    }

    /** A report that did not come counts like one that came. */
    private void noticeSilence(Roster.Page page, long now) {
        long interval = settings.heartbeatSeconds(page.hosts().size());
        long patience = settings.suspectAfter(page.hosts().size()).toSeconds();
        for (HostStatus host : page.hosts()) {
            long heard = host.lastHeard() == null ? 0 : host.lastHeard().getEpochSecond();
            if (heard > 0 && silences.missed(host.number(), Math.max(heard, startedAt), patience, interval, now)) {
                observations.add(host.number(), Slot.REPORTS, Outcome.TIMED_OUT, now, now);
            }
        }
    }

    private TrackRecord record(long host, Roster.Page page) {
        records.load(number -> standing(number, page));
        return records.of(host, number -> standing(number, page));
    }

    private static Standing standing(long host, Roster.Page page) {
        HostStatus status = page.byNumber().get(host);
        return status == null
                ? new Standing(Rating.NEWCOMER, HostStatus.UNKNOWN)
                : new Standing(status.rating(), status.availability());
    }

    private long oldest() {
        return 4 * settings.reliabilityHalfLifeSeconds();
    }

    private long second() {
        return clock.instant().getEpochSecond();
    }

    private static HostReliability.Part part(Fading seen) {
        return new HostReliability.Part(rounded(seen.share()), Math.round(seen.weight() / 36) / 100.0);
    }

    private static Double rounded(Double share) {
        return share == null ? null : (Double) (Math.round(share * 1_000) / 1_000.0);
    }
}
