package org.cranny.engine.backup;

import java.time.Instant;

/**
 * A file that joins a snapshot.
 *
 * @param name in {@code /} of the snapshot, raw octets; what had this name before stays in earlier snapshots alone
 * @param file where its content lies, relative to the folder of the {@link Additions}; nobody changes it meanwhile
 * @param modified what the snapshot says of it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Addition(byte[] name, String file, Instant modified) {}
