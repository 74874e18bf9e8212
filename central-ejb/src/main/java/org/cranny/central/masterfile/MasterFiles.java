package org.cranny.central.masterfile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostListVersion;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;

/**
 * Makes, keeps and serves the master file.
 *
 * <ul>
 *   <li>Versions strictly increase, over restarts too; a version is on disk before anybody reads it.
 *   <li>A new one is made only when a line changed.
 *   <li>Two servers that make one at the same time: one of them wins, the other looks again.
 * </ul>
 */
@ApplicationScoped
public class MasterFiles implements HostListVersion {
    private final Database database;
    private final Hosts hosts;
    private final Authority authority;
    private final Settings settings;
    private final Clock clock;
    private volatile MasterFile known;

    protected MasterFiles() {
        this(null, null, null, null, null);
    }

    @Inject
    public MasterFiles(Database database, Hosts hosts, Authority authority, Settings settings, Clock clock) {
        this.database = database;
        this.hosts = hosts;
        this.authority = authority;
        this.settings = settings;
        this.clock = clock;
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

    /** The text that takes a reader of this version to the current one: a delta, or the whole file. */
    public String since(long version) {
        MasterFile current = current();
        if (version >= current.version()) {
            return current.text();
        }
        return load(version).map(current::since).orElseGet(current::text);
    }

    /** Kept versions, newest first. */
    public List<MasterFileVersion> versions(int limit) {
        return database.read(entities -> entities.createQuery(
                        "select m.version, m.madeSeconds, m.reason from MasterFileRow m" + " order by m.version desc",
                        Object[].class)
                .setMaxResults(Math.max(1, limit))
                .getResultStream()
                .map(row -> new MasterFileVersion((Long) row[0], (Long) row[1], (String) row[2]))
                .toList());
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
            return newest.get();
        }
        MasterFile made = database.durably(entities -> make(entities, lines, why));
        known = made;
        return made;
    }

    private MasterFile make(EntityManager entities, SortedMap<Long, String> lines, String reason) {
        long version = newest(entities) + 1;
        Instant now = clock.instant();
        try {
            String header = Lines.header(authority.realm(), version, now, lines.size());
            MasterFile file = MasterFile.sign(header, lines, authority.masterFileKey());
            entities.persist(new MasterFileRow(file, now, reason));
            entities.createQuery("delete from MasterFileRow m where m.version <= :old")
                    .setParameter("old", version - settings.masterFilesKept())
                    .executeUpdate();
            return file;
        } catch (MalformedException e) {
            throw new IllegalStateException("a host's line breaks the master file", e);
        }
    }

    private Optional<MasterFile> load(long version) {
        MasterFile cached = known;
        if (cached != null && cached.version() == version) {
            return Optional.of(cached);
        }
        return database.read(entities ->
                Optional.ofNullable(entities.find(MasterFileRow.class, version)).map(MasterFileRow::file));
    }

    private static long newest(EntityManager entities) {
        Long newest = entities.createQuery("select max(m.version) from MasterFileRow m", Long.class)
                .getSingleResult();
        return newest == null ? 0 : newest;
    }
}
