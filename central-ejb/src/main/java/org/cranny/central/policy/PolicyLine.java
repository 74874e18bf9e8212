package org.cranny.central.policy;

import java.time.Instant;
import org.cranny.protocol.policy.Policy;

/**
 * A policy as it stands.
 *
 * @param scope {@code company}, {@code group}, {@code system} or {@code path}
 * @param name in that scope
 * @param policy what it sets
 * @param changedBy who changed it last
 */
public record PolicyLine(String scope, String name, Policy policy, Instant changed, String changedBy) {}
