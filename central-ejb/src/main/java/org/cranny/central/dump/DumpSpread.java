package org.cranny.central.dump;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.Alerts;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.dump.Pieces.Piece;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Daemons;
import org.cranny.central.repair.Burden;
import org.cranny.central.repair.Sound;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.masterfile.Host;

/**
 * Keeps central's dumps on hosts: central is a source of its own there, system 1.
 *
 * <ul>
 *   <li>Every piece of a dump, and the slip that names them, lies on hosts in as many failure domains as are wanted, or
 *       there is an alert. The slip comes last, so a dump that hosts can name is there whole.
 *   <li>A piece whose host is lost, shut out or drained is written to another host: from a host that has it still, else
 *       from the dump in central's home. What a drained host keeps goes from there afterwards.
 *   <li>Older dumps go by way of the hosts' trash, never the newest, and nothing goes while pruning is locked.
 *   <li>Beside the dumps lies the {@link RescueFile}, which says how to get at them, and follows hosts and keys.
 * </ul>
 */
@ApplicationScoped
public class DumpSpread implements Burden {
    private static final Logger LOGGER = Logger.getLogger(DumpSpread.class.getName());
    private static final int AT_ONCE = 200;

    private final Hosts hosts;
    private final Authority authority;
    private final AuditLog log;
    private final Alerts alerts;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Supplier<DumpHosts> shelves;
    private final Pieces pieces;
    private final DumpTrash trash;

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
        this.hosts = hosts;
        this.authority = authority;
        this.log = log;
        this.alerts = alerts;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.shelves = shelves;
        this.pieces = new Pieces(database, clock);
        this.trash = new DumpTrash(daemons, authority, pieces);
    }

    /** Puts a dump onto hosts. What fails is an alert: the dump on central's own disk stays what it is. */
    public synchronized void spread(@Observes DumpMade made) {
        try (Writing writing = writing(Sound.now(hosts))) {
            rescue();
            long copies = put(made, writing);
            log.append(Alerts.CENTRAL, "dump on hosts", made.dump().name(), copies + " fragments");
            alerts.resolve(AlertKind.DUMP_ON_NO_HOSTS, Alerts.CENTRAL);
            dropOld();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the dump of central is not on hosts", e);
            alert(String.valueOf(e.getMessage()));
        }
    }

    private long put(DumpMade made, Writing writing) throws IOException {
        String name = made.dump().name();
        List<DumpSlip.Piece> listed = new ArrayList<>();
        long copies = 0;
        try (DumpPieces cut = new DumpPieces(made.file())) {
            for (byte[] octets = cut.next(); octets.length > 0; octets = cut.next()) {
                FragmentId fragment = FragmentHasher.of(octets);
                copies += writing.write(new Piece(name, fragment, octets.length, false), octets);
                listed.add(new DumpSlip.Piece(fragment, octets.length));
            }
        }
        byte[] slip = slip(made.dump().made(), listed);
        Piece last = new Piece(name, FragmentHasher.of(slip), slip.length, true);
        copies += writing.write(last, slip);
        pieces.complete(last);
        return copies;
    }

    private byte[] slip(Instant made, List<DumpSlip.Piece> listed) {
        return authority
                .signDump(new DumpSlip(authority.central(), made, listed).payload())
                .bytes();
    }

    /**
     * One round: the newest dump is on hosts, each piece of a dump on as many as are wanted; drained hosts keep none; the
     * rescue file says so.
     *
     * @param here the dumps in central's home, newest first
     */
    public synchronized void round(List<Dump> here) {
        if (!here.isEmpty() && !pieces.isThere(here.get(0).name())) {
            spread(new DumpMade(here.get(0), file(here.get(0).name())));
        } else {
            repair(Sound.now(hosts));
        }
        if (!pieces.locked()) {
            putSurplusAway(Sound.now(hosts));
        }
        try {
            rescue();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the rescue file cannot be written", e);
        }
    }

    /** Takes note of pieces that a host found damaged: the next round writes them again. @param told or null */
    public void damaged(long host, List<Damage> told) {
        List<String> fragments = told == null
                ? List.of()
                : told.stream()
                        .filter(damage -> damage.source() == authority.central().number())
                        .map(Damage::fragment)
                        .toList();
        if (!fragments.isEmpty() && pieces.lost(host, fragments) > 0) {
            log.append("system " + host, "damage", "host " + host, fragments.size() + " pieces of central's dumps");
        }
    }

    private void repair(Sound sound) {
        List<Piece> wanting = pieces.wanting(sound.bad(), settings.dumpCopies(), AT_ONCE);
        if (wanting.isEmpty()) {
            alerts.resolve(AlertKind.DUMP_ON_NO_HOSTS, Alerts.CENTRAL);
            return;
        }
        Map<String, String> failed = new TreeMap<>();
        long made = 0;
        try (Writing writing = writing(sound)) {
            Set<String> unread = new TreeSet<>();
            for (Piece piece : wanting) {
                try {
                    Optional<byte[]> octets = writing.read(piece);
                    if (octets.isPresent()) {
                        made += writing.write(piece, octets.get());
                    } else {
                        unread.add(piece.dump());
                    }
                } catch (IOException e) {
                    failed.put(piece.dump(), String.valueOf(e.getMessage()));
                }
            }
            for (String dump : unread) {
                try {
                    made += again(dump, writing);
                } catch (IOException e) {
                    failed.put(dump, String.valueOf(e.getMessage()));
                }
            }
        }
        if (made > 0) {
            log.append(Alerts.CENTRAL, "dump repaired", "hosts", made + " fragments were written to other hosts");
        }
        if (!failed.isEmpty()) {
            LOGGER.log(Level.WARNING, "pieces of dumps are on too few hosts: {0}", failed);
            alert("pieces of " + failed.size() + " dumps are on fewer hosts than is wanted: "
                    + failed.values().iterator().next());
        }
    }

    /** Cuts a dump anew of which no host gives some piece. */
    private long again(String dump, Writing writing) throws IOException {
        Path file = file(dump);
        if (Files.notExists(file)) {
            throw new IOException(
                    "no host that answers has a piece of " + dump + ", and the dump is in central's home no more");
        }
        return put(new DumpMade(Dumps.about(file), file), writing);
    }

    /** What hosts that are to leave keep, and copies beyond what is wanted. */
    private void putSurplusAway(Sound sound) {
        List<DumpPieceRow> away = new ArrayList<>();
        for (Piece piece : pieces.surplus(sound.bad(), settings.dumpCopies(), AT_ONCE)) {
            List<DumpPieceRow> good = good(piece, sound);
            away.addAll(good.subList(Math.min(settings.dumpCopies(), good.size()), good.size()));
        }
        sound.hosts().values().stream()
                .filter(host -> host.state() == Host.State.DRAINING)
                .forEach(host -> pieces.on(host.number(), AT_ONCE).stream()
                        .filter(row -> !pieces.isThere(row.dump())
                                || good(piece(row), sound).size() >= settings.dumpCopies())
                        .forEach(away::add));
        trash.order(Act.TRASH, away, sound.hosts());
    }

    private List<DumpPieceRow> good(Piece piece, Sound sound) {
        return pieces.of(piece).stream()
                .filter(row -> row.kept() && sound.counts(row.host()) && sound.answers(row.host()))
                .toList();
    }

    private static Piece piece(DumpPieceRow row) {
        return new Piece(row.dump(), FragmentId.of(row.fragment()), row.length(), false);
    }

    /** Puts dumps that are too old into the hosts' trash, and deletes what was there for long enough. */
    private void dropOld() {
        if (!pieces.locked()) {
            Map<Long, HostStatus> all = Sound.now(hosts).hosts();
            trash.order(Act.TRASH, pieces.old(settings.dumpsOnHosts()), all);
            long before = clock.millis() - settings.trashTime().toMillis();
            trash.order(Act.DELETE, pieces.trashedBefore(before), all);
        }
    }

    /** What of central's dumps a host keeps. */
    @Override
    public Load on(long host) {
        return pieces.load(host);
    }

    /** Hosts that keep dumps come first. */
    private void rescue() throws IOException {
        if (Files.isDirectory(settings.home().resolve("dumps"))) {
            Set<Long> keeping = pieces.hosts();
            List<HostStatus> all = new ArrayList<>(hosts.all());
            all.sort(Comparator.comparing(host -> !keeping.contains(host.number())));
            new RescueFile(authority, random).write(settings.home(), all);
        }
    }

    private Writing writing(Sound sound) {
        return new Writing(
                pieces,
                shelves.get(),
                sound,
                authority.central().number(),
                random,
                settings.dumpCopies(),
                settings.home().resolve("dumps").resolve("piece.part"));
    }

    private void alert(String detail) {
        alerts.raise(AlertKind.DUMP_ON_NO_HOSTS, Alerts.CENTRAL, Alerts.CENTRAL, detail);
    }

    private Path file(String dump) {
        return settings.home().resolve("dumps").resolve(dump);
    }
}
