package org.cranny.protocol.heartbeat;

import java.util.List;

/**
 * How a report goes on where the one before ended: what a copy of the daemon, or the daemon on an older disk, does not
 * know. Both lists have at most {@value #MOST} entries, oldest first.
 *
 * @param reports 16 random hex digits for each report that reached central since the daemon started, then for this one;
 *     a report that is sent again has the same
 * @param receipts {@code lastReceipt} of the reports that were sent, over restarts, then of this one; written down before
 *     it is sent. Null when that was never written down
 */
public record Continuity(List<String> reports, List<String> receipts) {
    public static final int MOST = 8;
}
