package org.cranny.central.escrow;

import java.util.List;

/** The shares of a split, each sealed to its officer; central keeps none. @param split names it, hex */
public record SplitShares(String split, int threshold, List<SealedShare> shares) {

    /** @param share base64, sealed to the officer's key */
    public record SealedShare(String officer, int number, String share) {
        @Override
        public String toString() {
            return "SealedShare[" + number + " of " + officer + "]";
        }
    }
}
