package org.cranny.daemon.capacity;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much the owner lends.
 *
 * @param quotaBytes the most that is kept for others; {@link Long#MAX_VALUE} when only keep-free limits it
 * @param keepFreeBytes what stays free for the owner
 * @param keepFreePercent the same as a share of the file system; the greater of the two counts
 */
public record Lending(long quotaBytes, long keepFreeBytes, double keepFreePercent) {
    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmgt]?)(?:i?b)?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)%");

    /** @throws IllegalArgumentException with a sentence for the owner */
    public static Lending parse(String quota, String keepFree) {
        long most = quota == null || quota.isBlank() ? Long.MAX_VALUE : bytes(quota);
        Matcher percent = PERCENT.matcher(keepFree.strip());
        if (percent.matches()) {
            double share = Double.parseDouble(percent.group(1));
            if (share > 100) {
                throw new IllegalArgumentException("keep-free is more than the whole disk: " + keepFree);
            }
            return new Lending(most, 0, share);
        }
        return new Lending(most, bytes(keepFree), 0);
    }

    /** Reads 512, 20G or 1.5T; letters count in powers of 1,024. */
    static long bytes(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("not a size: " + text + "; write for example 20G, 500M or 1.5T");
        }
        int power =
                " kmgt".indexOf(size.group(2).isEmpty() ? ' ' : size.group(2).charAt(0));
        return new BigDecimal(size.group(1))
                .multiply(BigDecimal.valueOf(1L << (10 * power)))
                .longValue();
    }

    /** What stays free on a file system of this size. */
    long keepFree(long totalBytes) {
        return Math.max(keepFreeBytes, (long) (totalBytes * (keepFreePercent / 100)));
    }
}
