package org.cranny.central.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.cranny.central.placement.KeptPack;
import org.cranny.central.placement.PackCopy;
import org.cranny.central.placement.Survey;
import org.cranny.central.placement.Upkeep;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.masterfile.Host.State;

/** Puts copies away that hosts shall not keep, never below what is wanted in distinct failure domains. */
final class PuttingAway {
    private static final int PAGE = 500;

    private final Upkeep upkeep;
    private final Survey survey;

    PuttingAway(Upkeep upkeep, Survey survey) {
        this.upkeep = upkeep;
        this.survey = survey;
    }

    /** Copies on a host that is drained go when enough others are good and answer now. */
    void empty(Sound sound) {
        for (HostStatus host : sound.hosts().values()) {
            if (host.state() == State.DRAINING) {
                long after = 0;
                for (List<KeptPack> page = survey.keptBy(host.number(), after, PAGE);
                        !page.isEmpty();
                        page = survey.keptBy(host.number(), after, PAGE)) {
                    page.forEach(pack -> discard(
                            pack,
                            sound,
                            pack.copies().stream()
                                    .filter(copy -> copy.host() == host.number())
                                    .toList()));
                    after = page.get(page.size() - 1).id();
                }
            }
        }
    }

    /** Copies beyond what is wanted, where they are in the way of an owner first. */
    void surplus(Sound sound) {
        survey.surplus(sound.bad(), PAGE).forEach(pack -> surplus(pack, sound, copy -> true));
    }

    /** Of copies beyond what is wanted those that lie on hosts whose owners want room back: all of them. */
    void reclaim(Sound sound) {
        for (HostStatus host : sound.hosts().values()) {
            long after = 0;
            for (List<KeptPack> page = surplusOn(host, sound, after);
                    !page.isEmpty();
                    page = surplusOn(host, sound, after)) {
                page.forEach(pack -> surplus(pack, sound, copy -> wantedBack(sound, copy)));
                after = page.get(page.size() - 1).id();
            }
        }
    }

    private List<KeptPack> surplusOn(HostStatus host, Sound sound, long after) {
        return host.overBytes() > 0 ? survey.surplusOn(host.number(), sound.bad(), after, PAGE) : List.of();
    }

    private static boolean wantedBack(Sound sound, PackCopy copy) {
        return sound.hosts().get(copy.host()).overBytes() > 0;
    }

    private void surplus(KeptPack pack, Sound sound, Predicate<PackCopy> which) {
        Set<String> domains = new HashSet<>();
        List<PackCopy> surplus = new ArrayList<>();
        int kept = 0;
        List<PackCopy> copies = pack.copies().stream()
                .filter(copy -> sound.hosts().containsKey(copy.host()))
                .sorted(Comparator.comparing(copy -> wantedBack(sound, copy)))
                .toList();
        for (PackCopy copy : copies) {
            if (!sound.counts(copy.host()) || !sound.answers(copy.host())) {
                continue;
            }
            if (kept < pack.n() && domains.add(sound.domain(copy.host()))) {
                kept++;
            } else if (which.test(copy)) {
                surplus.add(copy);
            }
        }
        discard(pack, sound, surplus);
    }

    private void discard(KeptPack pack, Sound sound, List<PackCopy> copies) {
        Set<Long> rows = new HashSet<>();
        copies.forEach(copy -> rows.add(copy.id()));
        if (!rows.isEmpty() && sound.enoughWithout(pack, rows)) {
            upkeep.discard(pack, rows, now -> sound.enoughWithout(now, rows));
        }
    }
}
