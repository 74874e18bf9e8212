package org.cranny.central.authority;

import java.util.List;

/**
 * Who has shares of the escrow key, without any share. What central's home says of it.
 *
 * @param split names the split, hex
 * @param threshold how many officers together open a key ring
 * @param officers their names, in the order of their shares
 */
public record EscrowSplit(String split, int threshold, List<String> officers) {
    public EscrowSplit {
        officers = List.copyOf(officers);
    }
}
