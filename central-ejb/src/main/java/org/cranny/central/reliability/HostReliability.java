package org.cranny.central.reliability;

import java.util.List;
import org.cranny.central.system.SetAside;

/**
 * Everything that is known of how reliably a host can be reached.
 *
 * @param host number
 * @param published rating in the master file, in steps
 * @param rating as it is now, 0..1
 * @param availability class of its week
 * @param unreachable why nobody can reach it, or null
 * @param setAside why and since when central takes no notice of it, or null when it does
 * @param central what central itself saw
 * @param peers what others saw
 * @param profile share for each of the 168 hours of the week, Monday 00:00 UTC first; null where nobody looked
 * @param looks the newest ones, newest first; forgotten when central stops
 */
public record HostReliability(
        long host,
        String name,
        double published,
        double rating,
        String availability,
        String unreachable,
        SetAside setAside,
        Part central,
        Part peers,
        List<Double> profile,
        List<Look> looks) {

    /** A part of the rating. @param share 0..1, null when nothing was seen @param hours that it rests on, faded */
    public record Part(Double share, double hours) {}

    /**
     * One look.
     *
     * @param observer number of the system that looked, 1 for central
     * @param time ISO 8601
     * @param outcome {@code REACHED}, {@code REFUSED}, {@code TIMED_OUT}, {@code WRONG_IDENTITY}
     */
    public record Look(long observer, String name, String time, String outcome, long millis) {}
}
