package org.cranny.central.placement;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads live packs with their copies. */
final class KeptPacks {
    private KeptPacks() {}

    /** Those of these that live, in this order. @param ids of their rows */
    static List<KeptPack> read(EntityManager entities, List<Long> ids) {
        Map<Long, List<FragmentRow>> fragments = new Registry(entities, 0).fragments(ids);
        List<KeptPack> packs = new ArrayList<>();
        for (long id : ids) {
            PackRow row = entities.find(PackRow.class, id);
            List<FragmentRow> all = fragments.getOrDefault(id, List.of());
            if (row != null && row.live()) {
                packs.add(new KeptPack(
                        id,
                        row.source(),
                        row.pack(),
                        row.packClass().name(),
                        row.length(),
                        row.k(),
                        row.n(),
                        all.stream()
                                .filter(FragmentRow::kept)
                                .map(KeptPacks::copy)
                                .toList(),
                        all.stream()
                                .filter(FragmentRow::away)
                                .map(FragmentRow::host)
                                .collect(Collectors.toSet())));
            }
        }
        return packs;
    }

    private static PackCopy copy(FragmentRow row) {
        return new PackCopy(row.id(), row.number(), row.host(), row.fragment(), row.length());
    }
}
