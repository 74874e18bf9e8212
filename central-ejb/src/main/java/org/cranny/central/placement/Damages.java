package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * Takes what hosts found damaged on their own disks and moved aside: such a copy counts no more, the last one neither,
 * for its host will not give it. So another one is made of those that are good, and where there is none the next commit
 * of the source is refused until it sent the content again. A host that says so itself is no liar.
 */
@ApplicationScoped
public class Damages {
    private static final int NAMED = 10;

    private final Database database;
    private final Custody custody;
    private final AuditLog log;

    protected Damages() {
        this(null, null, null);
    }

    @Inject
    public Damages(Database database, Custody custody, AuditLog log) {
        this.database = database;
        this.custody = custody;
        this.log = log;
    }

    /**
     * Takes damages; repeating it changes nothing. What is not known to be kept there is passed over.
     *
     * @param told or null
     * @return how many were told, all of which are on the disk now
     * @throws ProblemException BAD_REQUEST; then none is taken
     */
    public int hear(long host, List<Damage> told) {
        if (told == null || told.isEmpty()) {
            return 0;
        }
        if (told.size() > Damage.MOST || told.stream().anyMatch(Objects::isNull)) {
            throw new ProblemException(
                    Problem.ofField("damages", "a report has at most " + Damage.MOST + " damages, each of a fragment"));
        }
        told.forEach(Damages::fragment);
        return database.durably(entities -> {
            List<Damage> news = new ArrayList<>();
            for (Damage damage : told.stream()
                    .sorted(Comparator.comparingLong(Damage::source))
                    .toList()) {
                if (custody.lost(damage.source(), fragment(damage), host)) {
                    news.add(damage);
                }
            }
            if (!news.isEmpty()) {
                log.append("system " + host, "damage", "host " + host, detail(news));
            }
            return told.size();
        });
    }

    private static String detail(List<Damage> damages) {
        List<String> named = damages.stream()
                .limit(NAMED)
                .map(damage -> damage.fragment() + " of system " + damage.source())
                .toList();
        return damages.size() + " copies are damaged and count no more: " + String.join("; ", named);
    }

    private static FragmentId fragment(Damage damage) {
        try {
            return FragmentId.of(damage.fragment());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.ofField("damages", "a damage names no fragment"));
        }
    }
}
