package org.cranny.central.placement;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds rows of packs and fragments, many at a time. */
final class Registry {
    private static final int AT_ONCE = 500;

    private final EntityManager entities;
    private final long source;

    Registry(EntityManager entities, long source) {
        this.entities = entities;
        this.source = source;
    }

    /** The source's packs with these ids, by id. */
    Map<String, PackRow> packs(Collection<String> ids) {
        Map<String, PackRow> found = new HashMap<>();
        for (List<String> some : slices(ids)) {
            entities.createQuery("select p from PackRow p where p.source = :source and p.pack in :ids", PackRow.class)
                    .setParameter("source", source)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(row -> found.put(row.pack(), row));
        }
        return found;
    }

    /** Fragments by the key of their pack. */
    Map<Long, List<FragmentRow>> fragments(Collection<Long> packs) {
        Map<Long, List<FragmentRow>> found = new HashMap<>();
        for (List<Long> some : slices(packs)) {
            entities.createQuery(
                            "select f from FragmentRow f where f.pack in :packs order by f.number, f.host",
                            FragmentRow.class)
                    .setParameter("packs", some)
                    .getResultList()
                    .forEach(row -> found.computeIfAbsent(row.pack(), any -> new ArrayList<>())
                            .add(row));
        }
        return found;
    }

    private static <T> List<List<T>> slices(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> slices = new ArrayList<>();
        for (int at = 0; at < list.size(); at += AT_ONCE) {
            slices.add(list.subList(at, Math.min(list.size(), at + AT_ONCE)));
        }
        return slices;
    }
}
