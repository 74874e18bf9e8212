package org.cranny.central.placement;

import jakarta.persistence.EntityManager;

/** Numbers the moves that central makes. Of one source they rise as they are committed, since it is locked meanwhile. */
final class Movements {
    private Movements() {}

    static long next(EntityManager entities) {
        Object next =
                entities.createNativeQuery("select nextval('pack_move_seq')").getSingleResult();
        return ((Number) (next instanceof Object[] row ? row[0] : next)).longValue();
    }
}
