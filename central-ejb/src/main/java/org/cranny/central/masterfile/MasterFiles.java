package org.cranny.central.masterfile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.masterfile.MasterFileChanges.HostChange;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostListVersion;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.ForgedException;

/**
 * Makes, keeps and serves the master file.
 *
 * <ul>
 *   <li>Versions strictly increase, over restarts too; a version is on disk before anybody reads it.
 *   <li>A new one is made only when a line changed.
 *   <li>Two servers that make one at the same time: one of them wins, the other looks again.
 *   <li>What each version changed, and why it was made, is kept with it and longer than it.
 *   <li>{@link MasterFileMade} is told once a version is on disk.
 * </ul>
 */
@ApplicationScoped
public class MasterFiles implements HostListVersion {
    /** The turn in which one of several servers keeps the master file fresh. */
    public static final String TURN = "master-file";

    private static final Logger LOGGER = Logger.getLogger(MasterFiles.class.getName());
    private static final int LONGEST_REASON = 200;

    private final Database database;
    private final Hosts hosts;
    private final Authority authority;
    private final Settings settings;
    private final Clock clock;
    private final Consumer<MasterFileMade> listeners;
    private volatile MasterFile known;
    private volatile Instant looked;

    protected MasterFiles() {
        this(null, null, null, null, null, made -> {});
    }

    @Inject
    public MasterFiles(
            Database database,
            Hosts hosts,
            Authority authority,
            Settings settings,
            Clock clock,
            Event<MasterFileMade> event) {
        this(database, hosts, authority, settings, clock, event::fire);
    }

    public MasterFiles(
            Database database,
            Hosts hosts,
            Authority authority,
            Settings settings,
            Clock clock,
            Consumer<MasterFileMade> listeners) {
        this.database = database;
        this.hosts = hosts;
        this.authority = authority;
        this.settings = settings;
        this.clock = clock;
        this.listeners = listeners;
        this.looked = clock == null ? Instant.EPOCH : clock.instant();
    }

    /** The newest version; the first one is made when there is none. */
    public MasterFile current() {
        long newest = newest();
        MasterFile cached = known;
        if (cached != null && cached.version() == newest) {
            return cached;
        }
        MasterFile loaded = newest == 0 ? refresh("first") : load(newest).orElseGet(() -> refresh("again"));
        known = loaded;
        return loaded;
    }

    /** Whether the newest version is what this realm signed, looked at now in the database. */
    public boolean isGenuine() {
        long newest = newest();
        try {
            MasterFile stored = newest == 0 ? current() : stored(newest).orElseThrow();
            stored.verify(authority.masterFilePublicKey());
            return newest == 0 || stored.version() == newest;
        } catch (ForgedException forged) {
            return false;
        }
    }

    /** The text that takes a reader of this version to the current one: a delta, or the whole file. */
    public String since(long version) {
        MasterFile current = current();
        if (version >= current.version()) {
            return current.text();
        }
        return load(version).map(current::since).orElseGet(current::text);
    }

    /** Versions in short, newest first. @param below only versions below this one */
    public List<MasterFileVersion> versions(long below, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select c from MasterFileChangeRow c where c.version < :below order by c.version desc",
                        MasterFileChangeRow.class)
                .setParameter("below", below)
                .setMaxResults(Math.max(1, limit))
                .getResultStream()
                .map(MasterFileChangeRow::version)
                .toList());
    }

    /** What a version changed; empty when it is not known, or not any more. */
    public Optional<MasterFileChanges> changes(long version, long after, int limit) {
        return database.read(entities -> Optional.ofNullable(entities.find(MasterFileChangeRow.class, version))
                .map(row -> row.changes(after, limit)));
    }

    @Override
    public long newest() {
        return database.read(MasterFiles::newest);
    }

    /** Looks for silent hosts and makes a new version when any line changed. @return the newest version */
    public synchronized MasterFile refresh(String reason) {
        boolean silence = hosts.noticeSilence();
        String why = silence ? reason + ": a host fell silent" : reason;
        Optional<MasterFile> newest = load(newest());
        SortedMap<Long, String> lines = Lines.of(hosts.all());
        if (newest.isPresent() && newest.get().lines().equals(lines)) {
            looked = clock.instant();
            return newest.get();
        }
        SortedMap<Long, String> before = newest.map(MasterFile::lines).orElse(new TreeMap<>());
        List<HostChange> changes = Comparison.of(before, lines);
        MasterFile made = database.durably(entities -> make(entities, lines, why, changes));
        known = made;
        looked = clock.instant();
        return made;
    }

    /** When it was last made sure here that the newest version is right, or when this central started. */
    public Instant looked() {
        return looked;
    }

    private MasterFile make(
            EntityManager entities, SortedMap<Long, String> lines, String why, List<HostChange> changes) {
        long version = newest(entities) + 1;
        Instant now = clock.instant();
        try {
            String header = Lines.header(authority.realm(), version, now, lines.size());
            MasterFile file = MasterFile.sign(header, lines, authority.masterFileKey());
            String reason = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
            entities.persist(new MasterFileRow(file, now, reason));
            entities.persist(new MasterFileChangeRow(file, now, reason, changes));
            drop(entities, "MasterFileRow", version - settings.masterFilesKept());
            drop(entities, "MasterFileChangeRow", version - settings.masterFileChangesKept());
            database.afterwards(() -> tell(version));
            return file;
        } catch (MalformedException e) {
            throw new IllegalStateException("a host's line breaks the master file", e);
        }
    }

    /** Whoever fails to hear of a version does not unmake it. */
    private void tell(long version) {
        try {
            listeners.accept(new MasterFileMade(version));
        } catch (RuntimeException unheard) {
            LOGGER.log(Level.WARNING, "version " + version + " of the master file could not be told", unheard);
        }
    }

    private static void drop(EntityManager entities, String rows, long upTo) {
        entities.createQuery("delete from " + rows + " m where m.version <= :old")
                .setParameter("old", upTo)
                .executeUpdate();
    }

    private Optional<MasterFile> load(long version) {
        MasterFile cached = known;
        if (cached != null && cached.version() == version) {
            return Optional.of(cached);
        }
        return stored(version);
    }

    private Optional<MasterFile> stored(long version) {
        return database.read(entities ->
                Optional.ofNullable(entities.find(MasterFileRow.class, version)).map(MasterFileRow::file));
    }

    private static long newest(EntityManager entities) {
        Long newest = entities.createQuery("select max(m.version) from MasterFileRow m", Long.class)
                .getSingleResult();
        return newest == null ? 0 : newest;
    }
}
