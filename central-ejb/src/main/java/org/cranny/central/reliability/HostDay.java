package org.cranny.central.reliability;

import java.time.LocalDate;

/**
 * How a host stood on a day, when central looked last on it. Octets.
 *
 * @param day UTC
 * @param freeBytes what it took
 * @param diskFreeBytes what was free on its disk
 */
public record HostDay(
        LocalDate day, long freeBytes, long diskFreeBytes, long keptBytes, long quotaBytes, double rating) {}
