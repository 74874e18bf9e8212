package org.cranny.central.policy;

import java.util.List;
import java.util.Map;
import org.cranny.protocol.policy.Policy;

/**
 * What a scope has from the wider ones.
 *
 * @param policy every member that one of them sets
 * @param origins by member, for example {@code schedule.times}: the scopes that set it
 */
public record Inherited(Policy policy, Map<String, List<String>> origins) {}
