package org.cranny.central.dump;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.Alerts;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Daemons;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.engine.placement.Placement;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.ProblemException;

/**
 * Keeps central's dumps on hosts: central is a source of its own there, system 1.
 *
 * <ul>
 *   <li>Every piece of a dump, and the slip that names them, lies on hosts in as many failure domains as are wanted, or
 *       there is an alert. The slip comes last, so a dump that hosts can name is there whole.
 *   <li>Every dump is whole by itself, on hosts that are picked afresh: what a lost host takes along, tomorrow's dump
 *       makes up for.
 *   <li>Older ones go by way of the hosts' trash, never the newest, and none while pruning is locked.
 *   <li>Beside the dumps lies the {@link RescueFile}, which says how to get at them.
 * </ul>
 */
@ApplicationScoped
public class DumpSpread {
    private static final Logger LOGGER = Logger.getLogger(DumpSpread.class.getName());
    private static final int PIECE = 16 << 20;
    private static final int IN_ONE_ORDER = 500;

    private final Database database;
    private final Hosts hosts;
    private final Daemons daemons;
    private final Authority authority;
    private final AuditLog log;
    private final Alerts alerts;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Supplier<DumpHosts> shelves;

    protected DumpSpread() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public DumpSpread(
            Database database,
            Hosts hosts,
            Daemons daemons,
            Authority authority,
            AuditLog log,
            Alerts alerts,
            Settings settings,
            Clock clock,
            SecureRandom random) {
        this(
                database,
                hosts,
                daemons,
                authority,
                log,
                alerts,
                settings,
                clock,
                random,
                () -> new HttpDumpHosts(
                        authority.identity(),
                        () -> authority.allot(
                                authority.central(),
                                authority.identity().certificate().getPublicKey())));
    }

    public DumpSpread(
            Database database,
            Hosts hosts,
            Daemons daemons,
            Authority authority,
            AuditLog log,
            Alerts alerts,
            Settings settings,
            Clock clock,
            SecureRandom random,
            Supplier<DumpHosts> shelves) {
        this.database = database;
        this.hosts = hosts;
        this.daemons = daemons;
        this.authority = authority;
        this.log = log;
        this.alerts = alerts;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.shelves = shelves;
    }

    /** Puts a dump onto hosts. What fails is an alert: the dump on central's own disk stays what it is. */
    public void spread(@Observes DumpMade made) {
        try {
            List<HostStatus> all = hosts.all();
            new RescueFile(authority, random).write(settings.home(), all);
            long copies = put(made, all);
            log.append(Alerts.CENTRAL, "dump on hosts", made.dump().name(), copies + " fragments");
            alerts.resolve(AlertKind.DUMP_ON_NO_HOSTS, Alerts.CENTRAL);
            dropOld(all);
        } catch (IOException | ProblemException e) {
            LOGGER.log(Level.WARNING, "the dump of central is not on hosts", e);
            alerts.raise(AlertKind.DUMP_ON_NO_HOSTS, Alerts.CENTRAL, Alerts.CENTRAL, String.valueOf(e.getMessage()));
        }
    }

    private long put(DumpMade made, List<HostStatus> all) throws IOException {
        Placement placement = new Placement(
                all.stream().map(DumpSpread::host).toList(), authority.central().number(), random);
        Path part = made.file().resolveSibling("piece.part");
        List<DumpPieceRow> rows = new ArrayList<>();
        try (DumpHosts shelf = shelves.get();
                InputStream in = Files.newInputStream(made.file())) {
            List<DumpSlip.Piece> pieces = new ArrayList<>();
            for (byte[] octets = in.readNBytes(PIECE); octets.length > 0; octets = in.readNBytes(PIECE)) {
                pieces.add(put(made, octets, part, placement, shelf, rows));
            }
            DumpSlip slip = new DumpSlip(authority.central(), made.dump().made(), pieces);
            put(made, authority.signDump(slip.payload()).bytes(), part, placement, shelf, rows);
        } finally {
            Files.deleteIfExists(part);
            keep(rows);
        }
        return rows.size();
    }

    private DumpSlip.Piece put(
            DumpMade made, byte[] octets, Path part, Placement placement, DumpHosts shelf, List<DumpPieceRow> rows)
            throws IOException {
        Files.write(part, octets);
        FragmentId fragment = FragmentHasher.of(octets);
        List<Host> taken = new ArrayList<>();
        while (taken.size() < settings.dumpCopies()) {
            Host host = placement.pick(1, octets.length, taken).get(0);
            try {
                shelf.put(host, fragment, part);
                taken.add(host);
                rows.add(new DumpPieceRow(made.dump().name(), fragment, host.id(), octets.length));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "a piece of the dump goes elsewhere: {0}", e.getMessage());
                placement.fail(host);
            }
        }
        return new DumpSlip.Piece(fragment, octets.length);
    }

    private void keep(List<DumpPieceRow> rows) {
        database.durably(entities -> {
            rows.forEach(entities::persist);
            return null;
        });
    }

    /** Puts dumps that are too old into the hosts' trash, and deletes what was there for long enough. */
    private void dropOld(List<HostStatus> all) {
        if (locked()) {
            return;
        }
        Map<Long, HostStatus> reachable =
                all.stream().collect(Collectors.toMap(HostStatus::number, Function.identity()));
        byHost(database.read(entities -> {
                    List<String> names = entities.createQuery(
                                    "select distinct d.dump from DumpPieceRow d where d.trashedMillis is null"
                                            + " order by d.dump desc",
                                    String.class)
                            .getResultList();
                    List<String> old = names.subList(Math.min(settings.dumpsOnHosts(), names.size()), names.size());
                    return old.isEmpty()
                            ? List.<DumpPieceRow>of()
                            : entities.createQuery(
                                            "select d from DumpPieceRow d where d.trashedMillis is null and d.dump in :old",
                                            DumpPieceRow.class)
                                    .setParameter("old", old)
                                    .getResultList();
                }))
                .forEach((host, rows) -> act(Act.TRASH, reachable.get(host), rows));
        byHost(database.read(entities -> entities.createQuery(
                                "select d from DumpPieceRow d where d.trashedMillis <= :before", DumpPieceRow.class)
                        .setParameter(
                                "before", clock.millis() - settings.trashTime().toMillis())
                        .getResultList()))
                .forEach((host, rows) -> act(Act.DELETE, reachable.get(host), rows));
    }

    private static Map<Long, List<DumpPieceRow>> byHost(List<DumpPieceRow> rows) {
        Map<Long, List<DumpPieceRow>> byHost = new TreeMap<>();
        for (DumpPieceRow row : rows) {
            List<DumpPieceRow> some = byHost.computeIfAbsent(row.host(), any -> new ArrayList<>());
            if (some.size() < IN_ONE_ORDER) {
                some.add(row);
            }
        }
        return byHost;
    }

    private void act(Act act, HostStatus host, List<DumpPieceRow> rows) {
        if (host == null) {
            return;
        }
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
        try {
            TrashAnswer answer = daemons.trash(
                    host,
                    act,
                    grant,
                    new TrashOrder(ids.stream().map(FragmentId::toString).toList()));
            settle(act, rows, answer);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "host {0} keeps old dumps of central: {1}", new Object[] {
                host.number(), e.getMessage()
            });
        }
    }

    private void settle(Act act, List<DumpPieceRow> rows, TrashAnswer answer) {
        database.durably(entities -> {
            for (DumpPieceRow row : rows) {
                DumpPieceRow now = entities.find(DumpPieceRow.class, row.id());
                boolean absent = answer.absent().contains(row.fragment());
                if (now != null && (absent || act == Act.DELETE && answer.done().contains(row.fragment()))) {
                    entities.remove(now);
                } else if (now != null && act == Act.TRASH && answer.done().contains(row.fragment())) {
                    now.trashed(clock.instant());
                }
            }
            return null;
        });
    }

    private boolean locked() {
        return database.read(entities ->
                ((Number) entities.createNativeQuery("select coalesce(max(l.until_millis), 0) from prune_lock l")
                                        .getSingleResult())
                                .longValue()
                        > clock.millis());
    }

    private static Host host(HostStatus status) {
        return new Host(
                status.number(),
                status.name(),
                status.address(),
                status.freeBytes(),
                status.quotaBytes(),
                status.rating(),
                status.availability(),
                status.domain(),
                status.state());
    }
}
