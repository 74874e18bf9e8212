package org.cranny.central.reliability;

/**
 * What a slot says of one host.
 *
 * @param central 0..1, NaN when central neither looked nor awaited a report
 * @param peers 0..1, NaN when no peer looked whose looks count
 */
record Verdict(double central, double peers) {
    /** NaN when nobody looked. */
    double share() {
        return Rating.share(central, peers);
    }
}
