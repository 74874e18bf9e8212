package org.cranny.central.reliability;

import org.cranny.central.system.HostStatus;

/**
 * How reliably a host can be reached, 0..1 ({@code docs/operating/reliability.md} has the reasons).
 *
 * <pre>
 * rating  = (P·W + Σ share·seconds·fade) / (W + Σ seconds·fade)      over the slots in which anybody looked
 * fade    = 2^(−age / half-life)                                     half-life 3 days
 * P       = 0.9, W = half-life / 12                                  what a newcomer is taken for, and how firmly
 * share   = (central + peers) / 2                                    or the one of them that looked
 * central = mean of: share of its looks that reached the host, share of awaited reports that came
 * peers   = mean over peers of each one's share of looks that reached the host
 * </pre>
 *
 * What is published goes in steps of {@value #STEP} and moves only when the rating is {@value #HOLD} away from what was
 * published, so that noise makes no new master file.
 */
final class Rating {
    static final double NEWCOMER = HostStatus.NEWCOMERS_RATING;
    static final double STEP = 0.05;
    static final double HOLD = 0.04;

    private static final int STEPS = 20;
    private static final double NEWCOMER_HALF_LIVES = 1.0 / 12;
    private static final double ROUNDING = 1e-9;

    private Rating() {}

    /** @param seen what was seen of the host */
    static double of(Fading seen, long halfLifeSeconds) {
        double firmness = halfLifeSeconds * NEWCOMER_HALF_LIVES;
        return (NEWCOMER * firmness + seen.reached()) / (firmness + seen.weight());
    }

    /** A host's share of a slot. @param central share, NaN when central did not look @param peers likewise */
    static double share(double central, double peers) {
        if (Double.isNaN(central)) {
            return peers;
        }
        return Double.isNaN(peers) ? central : (central + peers) / 2;
    }

    /** What is published next, when this was published and that is the rating now. */
    static double step(double published, double rating) {
        if (Math.abs(rating - published) < HOLD - ROUNDING) {
            return published;
        }
        return (double) Math.round(rating / STEP) / STEPS;
    }
}
