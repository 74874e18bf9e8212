package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cranny.central.browse.Browsing;
import org.cranny.central.browse.Tally;
import org.cranny.engine.exclude.DefaultExcludes;
import org.cranny.engine.exclude.Excludes;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Says what a backup would take, from what central knows already: no machine is asked or woken. */
@ApplicationScoped
public class Forecasts {
    private final Browsing browsing;

    protected Forecasts() {
        this(null);
    }

    @Inject
    public Forecasts(Browsing browsing) {
        this.browsing = browsing;
    }

    /**
     * What the next run would take. It is noted in the log, as each look into a snapshot is.
     *
     * @throws ProblemException NO_BROWSING when the machine let nobody list its files
     */
    public Forecast of(String actor, long system, Effective effective) {
        Policy policy = effective.policy();
        List<String> paths = Boolean.TRUE.equals(policy.all())
                ? List.of("/")
                : policy.paths() == null ? List.of() : outermost(policy.paths());
        Excludes excludes = excludes(effective);
        long largest = policy.excludeLargerThanBytes() == null ? Long.MAX_VALUE : policy.excludeLargerThanBytes();
        try {
            Tally tally = browsing.tally(
                    actor,
                    system,
                    "latest",
                    paths,
                    (path, folder, size) -> size > largest || excludes.leavesOut(path, folder));
            return new Forecast(
                    tally.snapshot(),
                    tally.taken(),
                    tally.files(),
                    tally.bytes(),
                    tally.leftOut(),
                    tally.missing(),
                    tally.complete());
        } catch (ProblemException e) {
            if (ProblemKind.NOT_FOUND.name().equals(e.problem().kind())) {
                return new Forecast(null, null, 0, 0, 0, paths, true);
            }
            throw e;
        }
    }

    /** Without those that are below another one. */
    private static List<String> outermost(List<String> paths) {
        return paths.stream()
                .distinct()
                .filter(path -> paths.stream()
                        .noneMatch(other ->
                                !other.equals(path) && path.startsWith(other.endsWith("/") ? other : other + "/")))
                .toList();
    }

    /** As the backup application puts them together: usual ones, the policy's, those of folders. */
    private static Excludes excludes(Effective effective) {
        Policy policy = effective.policy();
        Excludes excludes = Boolean.FALSE.equals(policy.defaultExcludes())
                ? Excludes.NONE
                : Excludes.NONE.and(DefaultExcludes.patterns());
        excludes = excludes.and(octets(policy.excludes()));
        for (EffectivePolicy.Folder folder : effective.folders()) {
            excludes = excludes.andIn(folder.path().getBytes(StandardCharsets.UTF_8), octets(folder.excludes()));
        }
        return excludes;
    }

    private static List<byte[]> octets(List<String> patterns) {
        return patterns == null
                ? List.of()
                : patterns.stream()
                        .map(each -> each.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }
}
