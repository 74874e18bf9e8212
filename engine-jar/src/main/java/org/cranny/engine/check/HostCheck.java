package org.cranny.engine.check;

/**
 * What one host has of what it is to keep.
 *
 * @param copies that it is to keep
 * @param right of these, copies that were seen to be right
 * @param wrong copies whose octets are wrong, or that the host would not prove
 * @param missing copies that the host says it does not have
 * @param bytes octets of the copies that are right
 * @param trouble why it could not be asked for the rest; null when it could
 */
public record HostCheck(
        long host, String name, long copies, long right, long wrong, long missing, long bytes, String trouble) {}
