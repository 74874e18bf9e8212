package org.cranny.central.dump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.authority.Authority;
import org.cranny.central.placement.Daemons;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;

/** Has hosts put pieces of dumps into their trash, and delete what was there for long enough. Hosts that are away are asked again later. */
final class DumpTrash {
    private static final Logger LOGGER = Logger.getLogger(DumpTrash.class.getName());
    private static final int IN_ONE_ORDER = 500;

    private final Daemons daemons;
    private final Authority authority;
    private final Pieces pieces;

    DumpTrash(Daemons daemons, Authority authority, Pieces pieces) {
        this.daemons = daemons;
        this.authority = authority;
        this.pieces = pieces;
    }

    /** @param hosts that can be asked, by number */
    void order(Act act, Collection<DumpPieceRow> rows, Map<Long, HostStatus> hosts) {
        byHost(rows).forEach((host, some) -> {
            if (hosts.containsKey(host)) {
                order(act, hosts.get(host), some);
            }
        });
    }

    private static Map<Long, List<DumpPieceRow>> byHost(Collection<DumpPieceRow> rows) {
        Map<Long, List<DumpPieceRow>> byHost = new TreeMap<>();
        for (DumpPieceRow row : rows) {
            List<DumpPieceRow> some = byHost.computeIfAbsent(row.host(), any -> new ArrayList<>());
            if (some.size() < IN_ONE_ORDER) {
                some.add(row);
            }
        }
        return byHost;
    }

    private void order(Act act, HostStatus host, List<DumpPieceRow> rows) {
        List<FragmentId> ids = rows.stream()
                .map(row -> FragmentId.of(row.fragment()))
                .distinct()
                .toList();
        String grant = authority.grant(
                act,
                new SystemId(authority.realm(), host.number()),
                authority.identity().certificate().getPublicKey(),
                authority.central(),
                rows.stream().mapToLong(DumpPieceRow::length).sum(),
                ids);
        TrashOrder order = new TrashOrder(ids.stream().map(FragmentId::toString).toList());
        try {
            pieces.settle(act, rows, daemons.trash(host, act, grant, order));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "host {0} keeps pieces of central''s dumps: {1}", new Object[] {
                host.number(), e.getMessage()
            });
        }
    }
}
