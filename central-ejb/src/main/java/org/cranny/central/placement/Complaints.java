package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.custody.Finding;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.custody.FindingsAnswer;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Takes what sources found missing or wrong at hosts: such a copy counts no more, so that another one is made. A source
 * speaks for its own packs alone, and the last copy that counts goes on counting, so that whoever has the source's key
 * cannot talk its packs away. Every host that is complained of is a row in the log.
 */
@ApplicationScoped
public class Complaints {
    private static final int NAMED = 10;

    private final Database database;
    private final Custody custody;
    private final AuditLog log;

    protected Complaints() {
        this(null, null, null);
    }

    @Inject
    public Complaints(Database database, Custody custody, AuditLog log) {
        this.database = database;
        this.custody = custody;
        this.log = log;
    }

    /** @throws ProblemException TOO_LARGE, or BAD_REQUEST when one of them names no pack; then none is taken */
    public FindingsAnswer hear(SystemId source, Findings told) {
        List<Finding> findings = told.findings() == null ? List.of() : told.findings();
        if (findings.size() > Findings.MOST) {
            throw new ProblemException(
                    ProblemKind.TOO_LARGE, "at most " + Findings.MOST + " findings are taken at once");
        }
        findings.forEach(Complaints::pack);
        return database.durably(entities -> {
            Map<Long, List<Finding>> counted = new TreeMap<>();
            for (Finding finding : findings) {
                if (custody.doubted(source.number(), pack(finding), finding.host())) {
                    counted.computeIfAbsent(finding.host(), any -> new ArrayList<>())
                            .add(finding);
                }
            }
            counted.forEach(
                    (host, some) -> log.append("system " + source.number(), "finding", "host " + host, detail(some)));
            return new FindingsAnswer(
                    counted.values().stream().mapToInt(List::size).sum());
        });
    }

    private static String detail(List<Finding> findings) {
        List<String> named = findings.stream()
                .limit(NAMED)
                .map(finding -> finding.pack() + " " + finding.reason())
                .toList();
        return findings.size() + " copies count no more: " + String.join("; ", named);
    }

    private static FragmentId pack(Finding finding) {
        try {
            return FragmentId.of(finding.pack());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new ProblemException(Problem.ofField("findings", "a finding names no pack"));
        }
    }
}
