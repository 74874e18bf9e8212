package org.cranny.engine.check;

/**
 * Which packs are fetched and opened, beside what hosts prove.
 *
 * @param share of the packs, from 0 to 1, drawn by lot
 * @param everyCopy whether every copy of these is fetched; otherwise one, drawn by lot, and the others are proven
 */
public record Reading(double share, boolean everyCopy) {
    public static final Reading NOTHING = new Reading(0, false);

    public Reading {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1");
        }
    }
}
