package org.cranny.central.authority;

import java.util.List;

/**
 * Who has shares of the escrow key, without any share. What central's home says of it.
 *
 * @param split names the split, hex
 * @param threshold how many officers together open a key ring
 * @param officers their names, in the order of their shares
 * @param publicKey of the key that was split, base64; null for the one that the realm began with
 * @param former keys that were the escrow key before, newest first, each sealed to the one after it, base64
 */
public record EscrowSplit(String split, int threshold, List<String> officers, String publicKey, List<String> former) {
    public EscrowSplit {
        officers = List.copyOf(officers);
        former = List.copyOf(former);
    }

    /** A split of the key that the realm began with. */
    public EscrowSplit(String split, int threshold, List<String> officers) {
        this(split, threshold, officers, null, List.of());
    }

    /** As it stands in a file: an empty line parts the officers from the keys. @throws RuntimeException when it is damaged */
    static EscrowSplit read(List<String> lines) {
        int gap = lines.indexOf("");
        List<String> officers = lines.subList(2, gap < 0 ? lines.size() : gap);
        String split = lines.get(0);
        int threshold = Integer.parseInt(lines.get(1));
        if (threshold < 1 || threshold > officers.size()) {
            throw new IllegalArgumentException(threshold + " of " + officers.size() + " officers open nothing");
        }
        return gap < 0
                ? new EscrowSplit(split, threshold, officers)
                : new EscrowSplit(split, threshold, officers, lines.get(gap + 1), lines.subList(gap + 2, lines.size()));
    }

    String text() {
        String head = split + "\n" + threshold + "\n" + String.join("\n", officers);
        return publicKey == null ? head : head + "\n\n" + publicKey + "\n" + String.join("\n", former);
    }
}
