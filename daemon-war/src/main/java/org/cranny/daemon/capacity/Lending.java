package org.cranny.daemon.capacity;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much the owner lends.
 *
 * @param quotaBytes the most that is kept for others; {@link Long#MAX_VALUE} when octets do not limit it
 * @param quotaPercent the same as a share of the file system; the lesser of the two counts
 * @param keepFreeBytes what stays free for the owner
 * @param keepFreePercent the same as a share of the file system; the greater of the two counts
 */
public record Lending(long quotaBytes, double quotaPercent, long keepFreeBytes, double keepFreePercent) {
    /** A whole file system in percent. */
    public static final double WHOLE = 100;

    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmgt]?)(?:i?b)?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)%");

    public Lending(long quotaBytes, long keepFreeBytes, double keepFreePercent) {
        this(quotaBytes, WHOLE, keepFreeBytes, keepFreePercent);
    }

    /** @throws IllegalArgumentException with a sentence for the owner */
    public static Lending parse(String quota, String keepFree) {
        String most = quota == null ? "" : quota.strip();
        OptionalDouble lent = percent(most, "more is lent than the whole disk: ");
        OptionalDouble free = percent(keepFree.strip(), "keep-free is more than the whole disk: ");
        return new Lending(
                most.isEmpty() || lent.isPresent() ? Long.MAX_VALUE : bytes(most),
                lent.orElse(WHOLE),
                free.isPresent() ? 0 : bytes(keepFree),
                free.orElse(0));
    }

    private static OptionalDouble percent(String text, String tooMuch) {
        Matcher percent = PERCENT.matcher(text);
        if (!percent.matches()) {
            return OptionalDouble.empty();
        }
        double share = Double.parseDouble(percent.group(1));
        if (share > WHOLE) {
            throw new IllegalArgumentException(tooMuch + text);
        }
        return OptionalDouble.of(share);
    }

    /** Reads 512, 20G or 1.5T; letters count in powers of 1,024. More than there can be is as much as there can be. */
    public static long bytes(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("not a size: " + text + "; write for example 20G, 500M or 1.5T");
        }
        int power =
                " kmgt".indexOf(size.group(2).isEmpty() ? ' ' : size.group(2).charAt(0));
        return new BigDecimal(size.group(1))
                .multiply(BigDecimal.valueOf(1L << (10 * power)))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /** What is lent when both are to hold: never more than either lends, never less kept free than either keeps. */
    public Lending within(Lending other) {
        return new Lending(
                Math.min(quotaBytes, other.quotaBytes),
                Math.min(quotaPercent, other.quotaPercent),
                Math.max(keepFreeBytes, other.keepFreeBytes),
                Math.max(keepFreePercent, other.keepFreePercent));
    }

    /** The most that is kept on a file system of this size. */
    public long quota(long totalBytes) {
        return Math.min(Math.min(quotaBytes, totalBytes), (long) (totalBytes * (quotaPercent / WHOLE)));
    }

    /** What stays free on a file system of this size. */
    public long keepFree(long totalBytes) {
        return Math.max(keepFreeBytes, (long) (totalBytes * (keepFreePercent / WHOLE)));
    }
}
