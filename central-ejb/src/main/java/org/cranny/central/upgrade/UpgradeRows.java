package org.cranny.central.upgrade;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Finds upgrades and the programs that they are about. */
final class UpgradeRows {
    static final Set<State> OPEN = EnumSet.of(State.WAITING, State.UPGRADING);

    private UpgradeRows() {}

    static Optional<UpgradeProgramRow> open(EntityManager entities, long system, String program) {
        return entities.createQuery(
                        "select p from UpgradeProgramRow p where p.system = :system and p.program = :program"
                                + " and p.state in :open order by p.id",
                        UpgradeProgramRow.class)
                .setParameter("system", system)
                .setParameter("program", program)
                .setParameter("open", OPEN)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    static List<UpgradeProgramRow> rows(EntityManager entities, long upgrade) {
        return entities.createQuery(
                        "select p from UpgradeProgramRow p where p.upgrade = :upgrade order by p.place",
                        UpgradeProgramRow.class)
                .setParameter("upgrade", upgrade)
                .getResultList();
    }

    static Map<State, Long> counts(EntityManager entities, long upgrade) {
        return entities.createQuery(
                        "select p.state, count(p) from UpgradeProgramRow p where p.upgrade = :upgrade group by p.state",
                        Object[].class)
                .setParameter("upgrade", upgrade)
                .getResultStream()
                .collect(Collectors.toMap(row -> (State) row[0], row -> (Long) row[1]));
    }

    /** Whoever changes an upgrade does so alone. */
    static UpgradeRow locked(EntityManager entities, long id) {
        return known(entities, id, LockModeType.PESSIMISTIC_WRITE);
    }

    static UpgradeRow known(EntityManager entities, long id, LockModeType lock) {
        UpgradeRow row = entities.find(UpgradeRow.class, id, lock);
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no upgrade " + id);
        }
        return row;
    }
}
