package org.cranny.central.system;

import java.time.Instant;
import org.cranny.protocol.masterfile.Host;

/**
 * One host as central knows it now. Octets everywhere.
 *
 * @param number of its system
 * @param address {@code https://host:port} of its daemon
 * @param domain failure domain, {@code host:NUMBER} when it has no label
 * @param freeBytes what it still takes: the last report less the receipts that came after it
 * @param quotaBytes the most it lends
 * @param keptBytes what it kept at its last report
 * @param fragments how many it kept at its last report
 * @param lastHeard time of the last report, null before the first
 * @param rating 0..1, how reliably it can be reached
 * @param availability class of its week: {@code always}, {@code office}, {@code sometimes}, {@code unknown}
 * @param unreachable why nobody can reach it and what to do, or null when somebody can
 * @param setAside why and since when central takes no notice of it, or null when it does
 * @param ownQuotaBytes the most it would lend by what was said at the machine alone; null when its daemon does not say
 */
public record HostStatus(
        long number,
        String name,
        String address,
        String domain,
        Host.State state,
        long freeBytes,
        long quotaBytes,
        long keptBytes,
        long fragments,
        Instant lastHeard,
        double rating,
        String availability,
        String unreachable,
        SetAside setAside,
        Long ownQuotaBytes) {

    /** Rating of a host that nobody has looked at yet. */
    public static final double NEWCOMERS_RATING = 0.9;

    /** Availability of a host that was not watched for long enough. */
    public static final String UNKNOWN = "unknown";

    /** As those who store and read fragments see it. */
    public Host host() {
        return new Host(number, name, address, freeBytes, quotaBytes, rating, availability, domain, state);
    }

    /** What it keeps beyond what its owner lends now: he wants that room back. */
    public long overBytes() {
        return Math.max(0, keptBytes - quotaBytes);
    }

    /** Whether more is kept than is lent because central was asked for less, and for no other reason. */
    public boolean isOverForCentralAlone() {
        return overBytes() > 0 && ownQuotaBytes != null && keptBytes <= ownQuotaBytes;
    }
}
