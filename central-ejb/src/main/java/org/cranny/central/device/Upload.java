package org.cranny.central.device;

import java.time.Instant;

/**
 * Something that waits on central's disk to get into a snapshot: a file, or a word that a file shall leave.
 *
 * @param modified what its device says, null of a deletion
 * @param received when all of it was on central's disk
 * @param digest SHA-256 of its content, hex; null of a deletion
 * @param deletion whether the file leaves
 */
public record Upload(String name, long bytes, Instant modified, Instant received, String digest, boolean deletion) {}
