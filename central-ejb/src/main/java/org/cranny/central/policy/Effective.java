package org.cranny.central.policy;

import java.util.List;
import java.util.Map;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;

/**
 * What holds for a system, and why.
 *
 * @param labels its groups, the first one wins
 * @param directoryGroups the groups of the directory that its owner is in and that are not among these; behind them, the
 *     first one wins, and none decides for how long snapshots are kept
 * @param policy every member that is set
 * @param folders what more is left out below single folders
 * @param origins by member, for example {@code schedule.times}: the scopes that set it
 */
public record Effective(
        long system,
        List<String> labels,
        List<String> directoryGroups,
        Policy policy,
        List<EffectivePolicy.Folder> folders,
        Map<String, List<String>> origins) {}
