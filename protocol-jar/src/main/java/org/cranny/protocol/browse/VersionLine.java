package org.cranny.protocol.browse;

/**
 * A stretch of snapshots in which a path was the same.
 *
 * @param firstSnapshot the oldest of them
 * @param first when that one was made, ISO 8601
 * @param lastSnapshot the newest of them
 * @param last when that one was made, ISO 8601
 * @param entry null when there was nothing
 */
public record VersionLine(String firstSnapshot, String first, String lastSnapshot, String last, EntryLine entry) {}
