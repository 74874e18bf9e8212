package org.cranny.central.proof;

import java.time.Instant;

/**
 * What a host was asked to prove, and did.
 *
 * @param host number
 * @param asked fragments, since the day before today began (UTC)
 * @param proved of these
 * @param honesty 0..1, the share of right answers, of which the newest weigh most
 * @param silentSince since when it left every request unanswered though it reports, or null
 */
public record HostProofs(long host, long asked, long proved, double honesty, Instant silentSince) {}
