package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;

/**
 * Compares what a host lists with what central believes that it keeps. What is not listed, or with another length, counts
 * no more; what is listed and not believed stays as it is. Whether the octets are right, proofs and scrubbing find out.
 */
@ApplicationScoped
public class InventoryCheck {
    private final Database database;
    private final Custody custody;
    private final Daemons daemons;
    private final Authority authority;
    private final AuditLog log;

    protected InventoryCheck() {
        this(null, null, null, null, null);
    }

    @Inject
    public InventoryCheck(Database database, Custody custody, Daemons daemons, Authority authority, AuditLog log) {
        this.database = database;
        this.custody = custody;
        this.daemons = daemons;
        this.authority = authority;
        this.log = log;
    }

    /**
     * Repeating it changes nothing.
     *
     * @return how many copies count no more
     * @throws IOException when the host gives no list, or one without an end; what was compared before that holds
     */
    public long compare(HostStatus host) throws IOException {
        long missing = 0;
        for (long source : sources(host.number())) {
            missing += compare(host, source);
        }
        if (missing > 0) {
            log.append(
                    "central",
                    "inventory",
                    "host " + host.number(),
                    missing + " copies are not there and count no more");
        }
        return missing;
    }

    private long compare(HostStatus host, long source) throws IOException {
        long missing = 0;
        String after = "";
        do {
            KeptList page = daemons.list(host, grant(host, source), after.isEmpty() ? null : after);
            String last = end(host, after, page);
            Map<String, Long> listed = page.fragments().stream()
                    .collect(Collectors.toMap(Kept::fragment, Kept::length, (one, other) -> one));
            missing += settle(host.number(), source, after, last, listed);
            after = last;
        } while (after != null);
        return missing;
    }

    /** Up to which id a page speaks, null for all that is left. */
    private static String end(HostStatus host, String after, KeptList page) throws IOException {
        if (page == null
                || page.fragments() == null
                || page.next() != null && page.next().compareTo(after) <= 0) {
            throw new IOException(host.name() + " gave a list that does not go on");
        }
        return page.next();
    }

    private String grant(HostStatus host, long source) {
        return authority.grant(
                Act.READ,
                new SystemId(authority.realm(), host.number()),
                authority.identity().certificate().getPublicKey(),
                new SystemId(authority.realm(), source),
                0,
                List.of());
    }

    private long settle(long host, long source, String after, String last, Map<String, Long> listed) {
        return database.durably(entities -> believed(entities, host, source, after, last).stream()
                .filter(row -> !row[2].equals(listed.get((String) row[1])))
                .filter(row -> custody.lost(source, FragmentId.of((String) row[0]), host))
                .count());
    }

    private static List<Object[]> believed(EntityManager entities, long host, long source, String after, String last) {
        String page = " and f.fragment > :after" + (last == null ? "" : " and f.fragment <= :last");
        var query = entities.createQuery(
                        "select p.pack, f.fragment, f.length from FragmentRow f, PackRow p where p.id = f.pack"
                                + " and p.source = :source and f.host = :host and f.state = :kept" + page
                                + " order by f.fragment",
                        Object[].class)
                .setParameter("source", source)
                .setParameter("host", host)
                .setParameter("kept", FragmentRow.State.KEPT)
                .setParameter("after", after);
        return (last == null ? query : query.setParameter("last", last)).getResultList();
    }

    private List<Long> sources(long host) {
        return database.read(entities -> entities.createQuery(
                        "select distinct p.source from FragmentRow f, PackRow p where p.id = f.pack and f.host = :host"
                                + " and f.state = :kept order by p.source",
                        Long.class)
                .setParameter("host", host)
                .setParameter("kept", FragmentRow.State.KEPT)
                .getResultList());
    }
}
