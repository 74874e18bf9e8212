package org.cranny.central.recovery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.Approvals;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Opened;
import org.cranny.central.browse.Openings;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Tokens;
import org.cranny.central.escrow.KeyRings;
import org.cranny.central.escrow.Reason;
import org.cranny.central.job.Job;
import org.cranny.central.job.Jobs;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.Format;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.job.RecoverOrder;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.recovery.HandedOver;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * Brings lost machines back (figure 7 of the specification): central finds the fragments in its own catalogue, opens
 * the deposited key ring because a person asked, fetches and opens; or hands the place over to another machine.
 *
 * <p>Life of a recovery: asked for by a person, begun as often as is needed until it expires, ended. What was asked, who
 * asked and what came of it is in the log and in the database, without file names; chosen paths are remembered in
 * memory only, so after a restart of central they have to be given again.
 */
@ApplicationScoped
public class Recoveries {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int MOST_PATHS = 10_000;
    private static final int MOST_REMEMBERED = 1_000;
    private static final int X25519_OCTETS = 32;

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Authority authority;
    private final Settings settings;
    private final Snapshots snapshots;
    private final Approvals approvals;
    private final KeyRings keyRings;
    private final Openings openings;
    private final Jobs jobs;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<Long, List<byte[]>> chosen = bounded();
    private final Map<Long, RecoveryRequest> waiting = bounded();
    private final Map<Long, Run> runs = bounded();

    protected Recoveries() {
        this(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Recoveries(
            Database database,
            AuditLog log,
            Systems systems,
            Authority authority,
            Settings settings,
            Snapshots snapshots,
            Approvals approvals,
            KeyRings keyRings,
            Openings openings,
            Jobs jobs,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.authority = authority;
        this.settings = settings;
        this.snapshots = snapshots;
        this.approvals = approvals;
        this.keyRings = keyRings;
        this.openings = openings;
        this.jobs = jobs;
        this.clock = clock;
        this.random = random;
    }

    /** Asks for a recovery. A token for a replacement machine is in this answer and never again. */
    public Recovery ask(String actor, long system, RecoveryRequest request) {
        Machine machine = source(system);
        Way way = way(request.way());
        SnapshotLine snapshot = snapshot(system, request.snapshot());
        List<byte[]> paths = paths(request.paths());
        Instant now = clock.instant();
        String token = way == Way.ARCHIVE ? null : Tokens.make(random);
        if (way != Way.ARCHIVE && machine.revoked()) {
            throw new ProblemException(
                    ProblemKind.REVOKED,
                    "system " + system + " was shut out: no machine can take its place; recover it as an archive");
        }
        if (way == Way.HAND_OVER && !paths.isEmpty()) {
            throw new ProblemException(Problem.ofField("paths", "a replacement machine is told its paths itself"));
        }
        if (way == Way.AGENT) {
            requireAgent(system, request.agent());
        }
        Format format = way == Way.ARCHIVE ? format(request.format()) : null;
        Asked asked = database.durably(entities -> {
            Optional<Approval> approval =
                    approvals.ask(actor, system, purpose(way, request) + snapshot.version(), request.why());
            Instant expires =
                    approval.map(each -> Instant.parse(each.expires())).orElse(now.plus(LIFE));
            RecoveryRow row = new RecoveryRow(system, snapshot, way, actor, now, expires)
                    .under(approval.map(Approval::id).orElse(null));
            switch (way) {
                case ARCHIVE -> row.asArchive(format.ending(), paths.size());
                case AGENT -> row.byAgent(Tokens.hash(token), request.agent(), paths.size());
                case HAND_OVER -> row.asHandOver(Tokens.hash(token));
            }
            entities.persist(row);
            entities.flush();
            log.append(
                    actor,
                    "recovery",
                    "system " + system,
                    "recovery " + row.id() + ", " + way + " of version " + snapshot.version()
                            + (paths.isEmpty() ? "" : ", " + paths.size() + " paths"));
            return new Asked(row, approval.map(Approval::state).orElse(null));
        });
        if (way == Way.AGENT && asked.approvalState() == null) {
            return tellAgent(actor, asked.row(), token, request);
        }
        if (way == Way.AGENT) {
            synchronized (waiting) {
                waiting.put(asked.row().id(), request);
            }
            return asked.row().shown(null, asked.approvalState(), null);
        }
        synchronized (chosen) {
            chosen.put(asked.row().id(), paths);
        }
        return asked.row().shown(null, asked.approvalState(), token);
    }

    private record Asked(RecoveryRow row, String approvalState) {}

    private static String purpose(Way way, RecoveryRequest request) {
        return switch (way) {
            case ARCHIVE -> "recovery as an archive, version ";
            case HAND_OVER -> "hand-over, version ";
            case AGENT -> "hand-over to system " + request.agent() + ", version ";
        };
    }

    private void requireAgent(long lost, Long agent) {
        if (agent == null) {
            throw new ProblemException(Problem.ofField("agent", "the number of the machine that takes the place"));
        }
        boolean able = systems.find(agent)
                .filter(machine -> machine.isSource() && !machine.revoked())
                .isPresent();
        if (!able || agent == lost) {
            throw new ProblemException(
                    Problem.ofField("agent", "system " + agent + " cannot take the place of system " + lost));
        }
    }

    private Recovery tellAgent(String actor, RecoveryRow row, String token, RecoveryRequest request) {
        String target = request.target() == null ? "/" : request.target();
        RecoverOrder order = new RecoverOrder(row.id(), token, row.snapshot(), target);
        List<String> texts = request.paths() == null ? List.of() : request.paths();
        Job job = jobs.recover(actor, request.agent(), order, texts);
        change(row.id(), each -> each.ordered(job.id()));
        return find(row.id());
    }

    /**
     * Tells another machine's agent to take the place, which had to wait for leave. The token of before is good for
     * nothing any more.
     */
    public Recovery tell(String actor, long id) {
        RecoveryRow row = database.read(entities -> row(entities, id));
        RecoveryRequest request;
        synchronized (waiting) {
            request = waiting.get(id);
        }
        if (row.way() != Way.AGENT || row.job() != null) {
            throw new ProblemException(Problem.ofField("id", "recovery " + id + " waits for no agent"));
        }
        if (request == null || !row.mayBegin(clock.instant())) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND, "central does not remember recovery " + id + " any more: ask again");
        }
        approvals.require(row.approval());
        String token = Tokens.make(random);
        change(id, each -> each.byAgent(Tokens.hash(token), request.agent(), each.paths()));
        return tellAgent(actor, row, token, request);
    }

    public Recovery find(long id) {
        return shown(database.read(entities -> row(entities, id)));
    }

    private Recovery shown(RecoveryRow row) {
        String state =
                row.approval() == null ? null : approvals.find(row.approval()).state();
        return row.shown(runOf(row.id()), state, null);
    }

    /** The newest recoveries, newest first. */
    public List<Recovery> newest(int limit) {
        return database.read(
                entities -> entities.createQuery("select r from RecoveryRow r order by r.id desc", RecoveryRow.class)
                        .setMaxResults(limit)
                        .getResultStream()
                        .map(this::shown)
                        .toList());
    }

    /** An archive that is ready to be written; it must be written or dropped, which ends it. */
    public final class ArchiveRun {
        private final long id;
        private final Run run;
        private final KeyRing ring;
        private final Opened source;
        private final Archive.Request request;

        private ArchiveRun(long id, Run run, KeyRing ring, Opened source, Archive.Request request) {
            this.id = id;
            this.run = run;
            this.ring = ring;
            this.source = source;
            this.request = request;
        }

        public Format format() {
            return request.format();
        }

        /** For a file name: the machine and the snapshot. */
        public String name() {
            return "system-" + source.records().system().number() + "-"
                    + request.snapshot().shortId() + "." + request.format().ending();
        }

        /** Writes all of it, or fails; a stream that failed has no end. */
        public void write(OutputStream out) throws IOException {
            try {
                run.whole(new Archive(source.records(), source.packs()).write(request, run.counting(out), run));
            } catch (IOException | RuntimeException e) {
                run.broke(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
                throw e;
            } finally {
                end();
            }
        }

        public void drop() throws IOException {
            run.broke("it was not fetched");
            end();
        }

        private void end() throws IOException {
            try {
                run.hosts(source.served(), source.away());
                if (!run.isStopped()) {
                    ended(id, run);
                }
            } finally {
                ring.destroy();
                source.close();
            }
        }
    }

    /** Opens what an archive needs; a recovery that is running is stopped for it. */
    public ArchiveRun begin(String actor, long id) {
        RecoveryRow row = database.read(entities -> row(entities, id));
        if (row.way() != Way.ARCHIVE) {
            throw new ProblemException(Problem.ofField("id", "recovery " + id + " is no archive"));
        }
        if (!row.mayBegin(clock.instant())) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "recovery " + id + " has expired: ask for another one");
        }
        List<byte[]> paths = pathsOf(row);
        String leave = approvals.require(row.approval());
        SystemId source = new SystemId(authority.realm(), row.source());
        KeyRing ring = keyRings.open(
                source,
                new Reason(actor, "recovery " + id + " as an archive, " + leave, row.approval()),
                each -> openings.fits(source, each));
        Opened opened = null;
        try {
            opened = openings.open(source, ring, RebuildListener.SILENT);
            Snapshot snapshot = opened.records().snapshots().find(row.snapshot());
            Run run = new Run(snapshot.manifest().files(), snapshot.manifest().bytes());
            started(id, run);
            Format format = Format.ofEnding(row.format()).orElseThrow();
            return new ArchiveRun(id, run, ring, opened, new Archive.Request(snapshot, paths, format));
        } catch (IOException | RuntimeException e) {
            ring.destroy();
            close(opened);
            throw e instanceof RuntimeException bug ? bug : new UncheckedIOException((IOException) e);
        }
    }

    /**
     * Gives the place of a lost machine to another one: a certificate for the same system, the key ring sealed to the
     * new machine. The key of before is good for nothing any more. The same request again gives the same place.
     */
    public HandedOver handOver(HandOverRequest request) {
        byte[] sealingKey = sealingKey(request.sealingKey());
        PublicKey key = authority.requested(request.csr());
        String fingerprint = HexFormat.of().formatHex(PublicKeys.fingerprint(key));
        RecoveryRow row = database.read(entities -> byToken(entities, request.token()));
        refuseUsed(row, fingerprint);
        Machine machine = source(row.source());
        if (machine.revoked()) {
            throw new ProblemException(ProblemKind.REVOKED, "system " + row.source() + " was shut out");
        }
        SystemId source = new SystemId(authority.realm(), row.source());
        String actor = "recovery " + row.id();
        String leave = approvals.require(row.approval());
        KeyRing ring = keyRings.open(
                source,
                new Reason(actor, "hand-over to another machine, " + leave, row.approval()),
                each -> openings.fits(source, each));
        byte[] sealed;
        try {
            sealed = Escrow.sealRing(ring, sealingKey);
        } finally {
            ring.destroy();
        }
        List<PublicKey> signers = database.durably(entities -> {
            systems.lock(row.source());
            RecoveryRow locked = byToken(entities, request.token());
            refuseUsed(locked, fingerprint);
            List<PublicKey> before = new ArrayList<>(systems.signers(row.source()));
            before.removeIf(key::equals);
            if (locked.holder() == null) {
                systems.replaceKey(row.source(), key, actor, "another machine took the place");
                authority.issue(row.source(), key);
                locked.handOver(fingerprint, clock.instant());
                log.append(actor, "hand-over", "system " + row.source(), "key " + fingerprint);
            }
            return before;
        });
        return new HandedOver(
                new Enrolled(
                        row.source(),
                        authority.realm().hex(),
                        authority.issued(row.source(), key).orElseThrow(),
                        authority.realmKeys(),
                        settings.machinesUrl(),
                        authority.allot(source, key)),
                machine.name(),
                Base64.getEncoder().encodeToString(sealed),
                signers.stream()
                        .map(former -> Base64.getEncoder().encodeToString(former.getEncoded()))
                        .toList(),
                row.snapshot());
    }

    private void refuseUsed(RecoveryRow row, String fingerprint) {
        boolean another = row.holder() != null && !row.holder().equals(fingerprint);
        if (another || !row.mayBegin(clock.instant())) {
            throw new ProblemException(ProblemKind.EXPIRED_TOKEN, "this recovery token is used up or too old");
        }
    }

    private static RecoveryRow byToken(EntityManager entities, String token) {
        return entities.createQuery("select r from RecoveryRow r where r.tokenHash = :hash", RecoveryRow.class)
                .setParameter("hash", Tokens.hash(token == null ? "" : token.strip()))
                .getResultStream()
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(ProblemKind.UNKNOWN_TOKEN, "central knows no such recovery token"));
    }

    private void started(long id, Run run) {
        synchronized (runs) {
            Run before = runs.put(id, run);
            if (before != null) {
                before.stop();
            }
        }
        change(id, RecoveryRow::run);
    }

    private void ended(long id, Run run) {
        database.durably(entities -> {
            RecoveryRow row = row(entities, id);
            row.end(run, clock.instant());
            log.append(
                    "central",
                    "recovery ended",
                    "system " + row.source(),
                    "recovery " + id + " is " + run.state() + ", "
                            + run.figures().files() + " files, " + run.figures().failed() + " failed");
            return null;
        });
    }

    private void change(long id, Consumer<RecoveryRow> change) {
        database.durably(entities -> {
            change.accept(row(entities, id));
            return null;
        });
    }

    private List<byte[]> pathsOf(RecoveryRow row) {
        if (row.paths() == 0) {
            return List.of();
        }
        synchronized (chosen) {
            List<byte[]> paths = chosen.get(row.id());
            if (paths == null) {
                throw new ProblemException(
                        ProblemKind.NOT_FOUND,
                        "central does not remember any more which files recovery " + row.id() + " is of: ask again");
            }
            return paths;
        }
    }

    private Run runOf(long id) {
        synchronized (runs) {
            return runs.get(id);
        }
    }

    private static RecoveryRow row(EntityManager entities, long id) {
        RecoveryRow row = entities.find(RecoveryRow.class, id);
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no recovery " + id);
        }
        return row;
    }

    private Machine source(long system) {
        return systems.find(system)
                .filter(Machine::isSource)
                .orElseThrow(() ->
                        new ProblemException(ProblemKind.NOT_FOUND, "there is no source with the number " + system));
    }

    private SnapshotLine snapshot(long system, String beginning) {
        SystemId source = new SystemId(authority.realm(), system);
        if (beginning == null || beginning.isBlank() || beginning.equals("latest")) {
            return snapshots.newest(source).stream()
                    .findFirst()
                    .orElseThrow(
                            () -> new ProblemException(ProblemKind.NOT_FOUND, "system " + system + " has no snapshot"));
        }
        List<SnapshotLine> found = snapshots.list(source, 0).stream()
                .filter(line -> line.snapshot().startsWith(beginning))
                .toList();
        if (found.size() != 1) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND,
                    (found.isEmpty() ? "no snapshot" : "more than one snapshot") + " of system " + system
                            + " has an id that begins so");
        }
        return found.get(0);
    }

    private static Way way(String name) {
        return Arrays.stream(Way.values())
                .filter(way -> name == null ? way == Way.ARCHIVE : way.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.ofField("way", "ARCHIVE, HAND_OVER or AGENT")));
    }

    private static Format format(String ending) {
        return Format.ofEnding(ending == null ? Format.TAR.ending() : ending)
                .orElseThrow(() -> new ProblemException(Problem.ofField("format", "tar, tar.gz, tar.zst or zip")));
    }

    private static List<byte[]> paths(List<String> texts) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > MOST_PATHS) {
            throw new ProblemException(Problem.ofField("paths", "at most " + MOST_PATHS));
        }
        List<byte[]> paths = new ArrayList<>();
        for (String text : texts) {
            if (text == null || !text.startsWith("/")) {
                throw new ProblemException(Problem.ofField("paths", "a path begins with a slash"));
            }
            try {
                paths.add(PathNotation.octets(text));
            } catch (MalformedException e) {
                throw new ProblemException(Problem.ofField("paths", e.getMessage()));
            }
        }
        return paths;
    }

    private static byte[] sealingKey(String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            if (key.length == X25519_OCTETS) {
                return key;
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new ProblemException(Problem.ofField("sealingKey", "it is not base64"));
        }
        throw new ProblemException(Problem.ofField("sealingKey", "an X25519 key has 32 octets"));
    }

    private static void close(Opened opened) {
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static <V> Map<Long, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }
}
