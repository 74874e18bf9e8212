package org.cranny.central.escrow;

import java.util.List;

/**
 * Who can open key rings.
 *
 * @param mode {@code CENTRAL} while central has the escrow key whole, {@code SPLIT} when its officers have it
 * @param split names the split that holds, or null
 * @param threshold how many officers together open a ring, or null
 * @param officers who has shares
 * @param nextSplit a split that holds when all its officers have shown their shares, or null
 * @param missing officers of that one who have not
 */
public record EscrowStatus(
        String mode, String split, Integer threshold, List<String> officers, String nextSplit, List<String> missing) {}
