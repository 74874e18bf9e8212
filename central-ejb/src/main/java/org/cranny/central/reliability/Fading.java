package org.cranny.central.reliability;

/**
 * A share of time that fades: what was seen one half-life ago counts half. It does not matter in which order things are
 * added, so looks that were handed over late count as if they had come in time.
 */
final class Fading {
    private double reached;
    private double weight;
    private long until;

    Fading() {}

    Fading(double reached, double weight, long until) {
        this.reached = reached;
        this.weight = weight;
        this.until = until;
    }

    /** @param share 0..1 of this time @param second at which it was seen */
    void add(double share, long seconds, long second, long halfLifeSeconds) {
        if (second > until) {
            double fade = fade(second - until, halfLifeSeconds);
            reached *= fade;
            weight *= fade;
            until = second;
        }
        double late = fade(until - second, halfLifeSeconds);
        reached += share * seconds * late;
        weight += seconds * late;
    }

    /** The same, as it weighs at a later second. */
    Fading as(long second, long halfLifeSeconds) {
        double fade = fade(Math.max(0, second - until), halfLifeSeconds);
        return new Fading(reached * fade, weight * fade, Math.max(second, until));
    }

    /** Shares times seconds. */
    double reached() {
        return reached;
    }

    /** Seconds. */
    double weight() {
        return weight;
    }

    /** The second as of which both are meant. */
    long until() {
        return until;
    }

    /** Null when nothing was seen. */
    Double share() {
        return weight > 0 ? (Double) (reached / weight) : null;
    }

    private static double fade(long age, long halfLifeSeconds) {
        return Math.pow(2, -(double) age / halfLifeSeconds);
    }
}
