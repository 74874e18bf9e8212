package org.cranny.central.upgrade;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.database.Database;
import org.cranny.central.installation.Packages;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.release.Version;

/** Which version of which program runs where. */
@ApplicationScoped
public class Programs {
    private final Database database;
    private final Systems systems;
    private final Settings settings;

    protected Programs() {
        this(null, null, null);
    }

    @Inject
    public Programs(Database database, Systems systems, Settings settings) {
        this.database = database;
        this.systems = systems;
        this.settings = settings;
    }

    /** Every program that ever reported, but for machines that were shut out; by system and program. */
    public List<ProgramLine> all() {
        List<Packages.Archive> archives = archives();
        return database.read(entities -> {
            Map<String, State> open = open(entities);
            List<ProgramRow> rows = rows(entities);
            Map<Long, String> names =
                    systems.names(rows.stream().map(ProgramRow::system).toList());
            return rows.stream()
                    .map(row -> line(row, names.get(row.system()), archives, open))
                    .toList();
        });
    }

    /** Programs of machines that were not shut out. */
    List<ProgramRow> rows(EntityManager entities) {
        Set<Long> revoked = new HashSet<>(systems.revoked());
        return entities.createQuery("select p from ProgramRow p order by p.system, p.program", ProgramRow.class)
                .getResultStream()
                .filter(row -> !revoked.contains(row.system()))
                .toList();
    }

    /** What central has; nothing when it has no packages. */
    List<Packages.Archive> archives() {
        try {
            return Packages.of(settings).all();
        } catch (IOException | ProblemException none) {
            return List.of();
        }
    }

    private static Map<String, State> open(EntityManager entities) {
        Map<String, State> open = new HashMap<>();
        entities.createQuery(
                        "select u from UpgradeProgramRow u where u.state in :open order by u.id",
                        UpgradeProgramRow.class)
                .setParameter("open", Set.of(State.WAITING, State.UPGRADING))
                .getResultStream()
                .forEach(row -> open.putIfAbsent(key(row.system(), row.program()), row.state()));
        return open;
    }

    private static String key(long system, String program) {
        return system + " " + program;
    }

    private static ProgramLine line(
            ProgramRow row, String name, List<Packages.Archive> archives, Map<String, State> open) {
        Optional<Version> newest = archives.stream()
                .filter(each ->
                        each.role().word().equals(row.program()) && each.arch().equals(row.arch()))
                .map(Packages.Archive::order)
                .max(Comparator.naturalOrder());
        State now = open.get(key(row.system(), row.program()));
        return new ProgramLine(
                row.system(),
                name,
                row.program(),
                row.version(),
                row.arch(),
                row.upkeep().name(),
                row.since().toString(),
                row.heard().toString(),
                newest.map(Version::text).orElse(null),
                now == null ? state(row, newest) : now.name());
    }

    private static String state(ProgramRow row, Optional<Version> newest) {
        if (newest.isEmpty() || !Version.isOne(row.version())) {
            return "UNKNOWN";
        }
        return newest.get().isNewerThan(new Version(row.version())) ? "BEHIND" : "CURRENT";
    }
}
