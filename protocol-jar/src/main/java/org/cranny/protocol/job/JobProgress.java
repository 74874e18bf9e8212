package org.cranny.protocol.job;

/**
 * How far a job has come, and that it is still being worked at. Totals are 0 while they are not known. Octets.
 *
 * @param claim of the hand-out that reports
 * @param storedBytes sent to hosts, all copies
 * @param warnings so far
 * @param secondsLeft null while unknown
 */
public record JobProgress(
        long claim,
        long files,
        long filesTotal,
        long bytes,
        long bytesTotal,
        long storedBytes,
        long warnings,
        long bytesPerSecond,
        Long secondsLeft) {}
