package org.cranny.engine.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/** How the pack set of a new snapshot differs from that of the one before. */
record PackChange(List<PackEntry> added, List<FragmentId> removed) {

    static final PackChange NONE = new PackChange(List.of(), List.of());

    /** Whether an unchanged tree needs the packs it needed: none was lost, and nothing new is on hosts. */
    static boolean isNothing(Source source, PackHistory history) {
        return history.newest().values().stream()
                        .allMatch(pack -> pack.packClass() == PackClass.INDEX
                                ? !isGone(pack, source)
                                : source.index().packs().ordinal(pack.pack()).isPresent())
                && source.holdings().all().stream()
                        .allMatch(each -> history.first(each.pack().pack()) > 0);
    }

    /**
     * Packs that no manifest named yet are added, and of those that the new snapshot needs the ones that the one before
     * did not; what it does not need is removed, and so are index packs that are gone. What was sealed instead of a pack
     * that is lost stays as long as a snapshot can be had that named that one.
     *
     * @param needs of the new snapshot; empty when they could not be found out, which adds whatever is there and removes
     *     nothing
     */
    static PackChange of(Source source, PackHistory history, Optional<Needs> needs) {
        Map<FragmentId, PackEntry> before = history.newest();
        List<PackEntry> added = source.holdings().all().stream()
                .map(Holding::pack)
                .filter(pack -> !before.containsKey(pack.pack()))
                .filter(pack -> history.first(pack.pack()) == 0
                        || needs.map(each -> each.has(pack)).orElse(true))
                .toList();
        Set<FragmentId> instead = history.instead(pack -> isLost(pack, source));
        List<FragmentId> removed = before.values().stream()
                .filter(pack -> isGone(pack, source)
                        || history.whole()
                                && !instead.contains(pack.pack())
                                && needs.map(each -> !each.has(pack)).orElse(false))
                .map(PackEntry::pack)
                .toList();
        return new PackChange(added, removed);
    }

    /** An index pack that no host has any more. Nothing is sent again for it: what it said stands in the packs themselves. */
    private static boolean isGone(PackEntry pack, Source source) {
        return pack.packClass() == PackClass.INDEX
                && source.holdings().of(pack.pack()).isEmpty();
    }

    /** A pack that is not known here any more, though snapshots name it. */
    private static boolean isLost(FragmentId pack, Source source) {
        return source.index().packs().ordinal(pack).isEmpty()
                && source.holdings()
                        .of(pack)
                        .map(held -> held.fragments().isEmpty())
                        .orElse(true);
    }
}
