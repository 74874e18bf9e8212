package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Owned;
import org.cranny.central.system.OwnerChanged;
import org.cranny.central.system.Systems;

/**
 * The groups of the directory that the owners of systems are in, which are groups of these systems too, behind their
 * labels.
 *
 * <ul>
 *   <li>They never decide for how long snapshots are kept: whoever rules the directory would need nobody's leave.
 *   <li>What was known last stays while the directory is away, and while the owner's account is gone or closed: nobody's
 *       leaving changes how a machine is backed up.
 *   <li>Another owner's groups take the place of the former one's in one step, when the directory is asked next; where
 *       nobody is the owner there are none at once.
 * </ul>
 */
@ApplicationScoped
public class OwnerGroups {
    private static final Logger LOGGER = Logger.getLogger(OwnerGroups.class.getName());
    private static final int PAGE = 100;

    private final Database database;
    private final Systems systems;
    private final AuditLog log;
    private final PolicyNews news;
    private volatile boolean away;

    protected OwnerGroups() {
        this(null, null, null, null);
    }

    @Inject
    public OwnerGroups(Database database, Systems systems, AuditLog log, PolicyNews news) {
        this.database = database;
        this.systems = systems;
        this.log = log;
        this.news = news;
    }

    /** What a system has of its owner's groups. @param owner whose they are; null when there are none */
    private record Known(String owner, List<String> groups) {
        private static final Known NOTHING = new Known(null, List.of());

        boolean isOf(String other) {
            return owner != null && owner.equalsIgnoreCase(other);
        }

        boolean is(String other, List<String> wanted) {
            return groups.equals(wanted) && (wanted.isEmpty() || isOf(other));
        }
    }

    /** The groups that a system has through its owner, behind its labels; together they are 50 at most. */
    public List<String> behind(long system, List<String> labels) {
        return database.read(entities -> {
            List<String> more = known(entities, List.of(system)).getOrDefault(system, Known.NOTHING).groups().stream()
                    .filter(group -> !labels.contains(group))
                    .toList();
            return GroupNames.atMost(Math.max(0, GroupNames.MOST - labels.size()), more, entities);
        });
    }

    /** What belonged to an owner goes with them when nobody follows. */
    public void owner(@Observes OwnerChanged changed) {
        if (changed.machine().owner() == null) {
            give(changed.machine().number(), null, List.of());
        }
    }

    /**
     * Asks in which groups the owners of all systems are, each owner once. Ends when the directory is away: who was not
     * asked about keeps what they have until the next time.
     */
    public void ask(DirectoryGroups directory) {
        Map<String, Optional<List<String>>> said = new HashMap<>();
        Owned last = null;
        for (List<Owned> page = page(null); !page.isEmpty(); page = page(last)) {
            said.keySet().retainAll(last == null ? Set.of() : Set.of(last.owner()));
            String trouble = ask(directory, page, said);
            settle(page, said);
            if (trouble != null) {
                away(trouble);
                return;
            }
            last = page.get(page.size() - 1);
        }
        back();
    }

    private List<Owned> page(Owned after) {
        return systems.owned(after, PAGE);
    }

    /**
     * Asks about those owners on a page of whom nothing was said yet.
     *
     * @param said by owner: their groups, or empty without an open account
     * @return why the directory did not answer to the end, or null
     */
    private String ask(DirectoryGroups directory, List<Owned> page, Map<String, Optional<List<String>>> said) {
        Map<String, String> asked = new LinkedHashMap<>();
        page.stream()
                .filter(each -> !said.containsKey(each.owner()))
                .forEach(each -> asked.putIfAbsent(each.owner(), each.machine().owner()));
        if (asked.isEmpty()) {
            return null;
        }
        DirectoryGroups.Answer answer = directory.memberships(asked.values());
        asked.forEach((owner, spelled) -> {
            if (answer.groups().containsKey(spelled)) {
                said.put(owner, answer.groups().get(spelled).map(this::counting));
            }
        });
        return answer.trouble();
    }

    private List<String> counting(Set<String> spelled) {
        return database.read(entities -> GroupNames.atMost(GroupNames.MOST, GroupNames.legal(spelled), entities));
    }

    private void settle(List<Owned> page, Map<String, Optional<List<String>>> said) {
        Map<Long, Known> known = database.read(entities -> known(
                entities, page.stream().map(each -> each.machine().number()).toList()));
        for (Owned each : page) {
            Machine machine = each.machine();
            Known has = known.getOrDefault(machine.number(), Known.NOTHING);
            if (said.containsKey(each.owner())) {
                List<String> groups =
                        said.get(each.owner()).orElse(has.isOf(machine.owner()) ? has.groups() : List.of());
                if (!has.is(machine.owner(), groups)) {
                    give(machine.number(), machine.owner(), groups);
                }
            }
        }
    }

    /** Unless somebody else became the owner meanwhile. */
    private void give(long system, String owner, List<String> groups) {
        database.durably(entities -> {
            systems.lock(system);
            if (Objects.equals(owner, systems.find(system).orElseThrow().owner())) {
                List<String> before = known(entities, List.of(system))
                        .getOrDefault(system, Known.NOTHING)
                        .groups();
                write(entities, system, owner, groups);
                if (!before.equals(groups)) {
                    tell(entities, system, before + " became " + groups);
                }
            }
            return null;
        });
    }

    private static void write(EntityManager entities, long system, String owner, List<String> groups) {
        entities.createQuery("delete from OwnerGroupRow g where g.place.system = :system")
                .setParameter("system", system)
                .executeUpdate();
        for (int i = 0; i < groups.size(); i++) {
            entities.persist(new OwnerGroupRow(system, i, groups.get(i), owner));
        }
    }

    private void tell(EntityManager entities, long system, String what) {
        entities.createQuery("update DueRow d set d.stale = 1 where d.source = :system")
                .setParameter("system", system)
                .executeUpdate();
        news.changed(new PolicyChanged(false, List.of(system), "directory groups of system " + system));
        log.append("central", "directory-groups", "system " + system, what);
    }

    /** By system; those without any are left out. */
    private static Map<Long, Known> known(EntityManager entities, List<Long> numbers) {
        Map<Long, Known> known = new HashMap<>();
        entities.createQuery(
                        "select g.place.system, g.label, g.ownerMail from OwnerGroupRow g"
                                + " where g.place.system in :systems order by g.place.system, g.place.position",
                        Object[].class)
                .setParameter("systems", numbers)
                .getResultStream()
                .forEach(row -> known.computeIfAbsent(
                                (Long) row[0], each -> new Known((String) row[2], new ArrayList<>()))
                        .groups()
                        .add((String) row[1]));
        return known;
    }

    private void away(String trouble) {
        if (!away) {
            LOGGER.log(
                    Level.WARNING,
                    "The directory does not say in which groups owners are; what was known stays. {0}",
                    trouble);
        }
        away = true;
    }

    private void back() {
        if (away) {
            LOGGER.log(Level.INFO, "The directory says again in which groups owners are.");
        }
        away = false;
    }
}
