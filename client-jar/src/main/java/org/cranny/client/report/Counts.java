package org.cranny.client.report;

/**
 * How far some work has come. Totals are 0 while they are not known.
 *
 * @param stored octets that went to hosts, all copies
 * @param warnings so far
 */
public record Counts(long files, long filesTotal, long bytes, long bytesTotal, long stored, long warnings) {

    /** Done share from 0 to 1, or a negative number while the total is not known. */
    public double share() {
        if (bytesTotal > 0) {
            return Math.min(1, (double) bytes / bytesTotal);
        }
        return filesTotal > 0 ? Math.min(1, (double) files / filesTotal) : -1;
    }
}
