package org.cranny.central.policy;

import java.time.Instant;
import org.cranny.protocol.policy.Policy;

/** One change of a policy. @param before null when it was made @param after null when it was taken away */
public record PolicyChange(String scope, String name, Instant changed, String changedBy, Policy before, Policy after) {}
