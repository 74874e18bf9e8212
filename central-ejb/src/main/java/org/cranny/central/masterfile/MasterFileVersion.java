package org.cranny.central.masterfile;

/**
 * One version of the master file, in short.
 *
 * @param time epoch second
 * @param reason why it was made
 * @param hosts on it
 * @param added hosts that were not on the version before
 * @param changed hosts of which some member is another one
 * @param gone hosts that are not on it any more
 */
public record MasterFileVersion(long version, long time, String reason, int hosts, int added, int changed, int gone) {}
