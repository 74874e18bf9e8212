package org.cranny.central.escrow;

import java.util.List;

/**
 * Other officers on their way.
 *
 * @param threshold how many of them will open a ring
 * @param officers who they will be
 * @param brought how many officers of now have brought their shares
 * @param needed how many of them it takes
 * @param shares of the others, each sealed to its officer, given once; null while too few are brought
 */
public record ChangedOfficers(int threshold, List<String> officers, int brought, int needed, SplitShares shares) {}
