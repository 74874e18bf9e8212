package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cranny.central.database.Database;
import org.cranny.protocol.masterfile.Host.State;

/** Lists systems for people: searched, sorted and counted in the database, one page in memory. */
@ApplicationScoped
public class Inventory {
    private static final int LARGEST_PAGE = 1_000;
    /** Sources that are to be backed up again and again; of devices everything is kept that was uploaded. */
    private static final String MACHINES = "s.roles like '%source%' and s.roles not like '%device%'";

    private static final String SYSTEMS = " from SystemRow s";
    private static final String WITH_HOSTS = " left join HostRow h on h.number = s.number and h.retiredMillis is null";

    /** A source whose newest snapshot is older, or that has none, is not protected; then people are told, too. */
    public static final Duration PROTECTED_FOR = Duration.ofDays(3);

    private final Database database;
    private final Clock clock;

    protected Inventory() {
        this(null, null);
    }

    @Inject
    public Inventory(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One page of what fits. */
    public InventoryPage page(InventoryQuery query) {
        if (query.owners() != null && query.owners().isEmpty()) {
            return new InventoryPage(List.of(), 0);
        }
        return database.read(entities -> {
            long total = bound(entities, "select count(s)" + SYSTEMS + hosts(query), query, "", Long.class)
                    .getSingleResult();
            String order =
                    " order by " + query.sort().expression() + (query.descending() ? " desc" : "") + ", s.number";
            List<InventoryPage.Line> lines = bound(
                            entities, "select s, h" + SYSTEMS + WITH_HOSTS, query, order, Object[].class)
                    .setFirstResult(Math.max(0, query.skip()))
                    .setMaxResults(Math.max(1, Math.min(LARGEST_PAGE, query.limit())))
                    .getResultStream()
                    .map(row -> line((SystemRow) row[0], (HostRow) row[1]))
                    .toList();
            return new InventoryPage(lines, total);
        });
    }

    /** Sources in the order in which they were backed up last, the last one first; without those that never were. */
    public List<InventoryPage.Line> newest(int limit) {
        return database.read(entities -> entities.createQuery(
                        "select s from SystemRow s where s.backedUpMillis > 0 and s.revokedMillis is null"
                                + " and s.roles like '%source%' order by s.backedUpMillis desc, s.number",
                        SystemRow.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> line(row, listed(entities, row.number())))
                .toList());
    }

    /** One system as {@link #page} lists it. */
    public Optional<InventoryPage.Line> find(long number) {
        return database.read(entities -> Optional.ofNullable(entities.find(SystemRow.class, number))
                .map(system -> line(system, listed(entities, number))));
    }

    /** How things stand in the whole realm. */
    public Coverage coverage() {
        return database.read(entities -> {
            Object[] sources = entities.createQuery(
                            "select count(s), sum(case when s.backedUpMillis >= :since then 1 else 0 end),"
                                    + " sum(case when s.backedUpMillis is null then 1 else 0 end) from SystemRow s"
                                    + " where s.revokedMillis is null and " + MACHINES,
                            Object[].class)
                    .setParameter("since", since().toEpochMilli())
                    .getSingleResult();
            Object[] hosts = entities.createQuery(
                            "select count(h), sum(case when h.state = :accepting then 1 else 0 end), sum(h.keptBytes),"
                                    + " sum(case when h.state = :accepting and h.availableBytes > h.promisedBytes"
                                    + " then h.availableBytes - h.promisedBytes else 0 end),"
                                    + " sum(case when h.state <> :accepting and h.availableBytes > h.promisedBytes"
                                    + " then h.availableBytes - h.promisedBytes else 0 end) from HostRow h, SystemRow s"
                                    + " where s.number = h.number and s.revokedMillis is null"
                                    + " and h.retiredMillis is null",
                            Object[].class)
                    .setParameter("accepting", State.ACCEPTING)
                    .getSingleResult();
            return new Coverage(
                    number(sources[0]),
                    number(sources[1]),
                    number(sources[2]),
                    number(hosts[0]),
                    number(hosts[1]),
                    number(hosts[2]),
                    number(hosts[3]),
                    number(hosts[4]));
        });
    }

    /** To count, hosts are looked at only when the choice is about them. */
    private static String hosts(InventoryQuery query) {
        return switch (query.which()) {
            case HOSTS, NOT_ACCEPTING -> WITH_HOSTS;
            case ALL, SOURCES, UNPROTECTED, REVOKED -> "";
        };
    }

    private <T> TypedQuery<T> bound(
            EntityManager entities, String what, InventoryQuery query, String order, Class<T> type) {
        List<String> conditions = new ArrayList<>();
        conditions.add(
                switch (query.which()) {
                    case ALL -> "s.revokedMillis is null";
                    case SOURCES -> "s.revokedMillis is null and s.roles like '%source%'";
                    case HOSTS -> "s.revokedMillis is null and h.number is not null";
                    case UNPROTECTED ->
                        "s.revokedMillis is null and " + MACHINES
                                + " and (s.backedUpMillis is null or s.backedUpMillis < :since)";
                    case NOT_ACCEPTING -> "s.revokedMillis is null and h.state <> :accepting";
                    case REVOKED -> "s.revokedMillis is not null";
                });
        if (query.text() != null) {
            conditions.add("(lower(s.name) like :text escape '!' or lower(s.ownerMail) like :text escape '!')");
        }
        if (query.owners() != null) {
            conditions.add("lower(s.ownerMail) in :owners");
        }
        TypedQuery<T> bound = entities.createQuery(what + " where " + String.join(" and ", conditions) + order, type);
        if (query.which() == InventoryQuery.Which.UNPROTECTED) {
            bound.setParameter("since", since().toEpochMilli());
        }
        if (query.which() == InventoryQuery.Which.NOT_ACCEPTING) {
            bound.setParameter("accepting", State.ACCEPTING);
        }
        if (query.text() != null) {
            bound.setParameter("text", pattern(query.text()));
        }
        if (query.owners() != null) {
            bound.setParameter("owners", query.owners());
        }
        return bound;
    }

    private Instant since() {
        return clock.instant().minus(PROTECTED_FOR);
    }

    private static String pattern(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    private static HostRow listed(EntityManager entities, long number) {
        return entities.createQuery(
                        "select h from HostRow h where h.number = :number and h.retiredMillis is null", HostRow.class)
                .setParameter("number", number)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private InventoryPage.Line line(SystemRow system, HostRow host) {
        Instant backedUp = system.backedUp();
        return new InventoryPage.Line(
                system.machine(),
                backedUp,
                backedUp != null && (system.machine().isDevice() || !backedUp.isBefore(since())),
                host == null ? null : host.status(system.name()));
    }

    private static long number(Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }
}
