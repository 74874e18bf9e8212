package org.cranny.engine.check;

/**
 * Something that is not as it should be.
 *
 * @param host number of the host it is about, 0 for the local state
 * @param hostName for people; of a file or a folder that is lost its path
 * @param pack hex id, or null
 * @param damage true for octets that are wrong or missing; false for a host that cannot be asked now
 */
public record Finding(long host, String hostName, String pack, boolean damage, String reason) {}
