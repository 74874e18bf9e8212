package org.cranny.engine.snapshot;

import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Manifest;

/**
 * A snapshot as its source knows it.
 *
 * @param id 64 hexadecimal digits
 * @param signed the manifest as it was signed
 * @param committed central's countersignature, or null while central does not know the snapshot
 */
public record Snapshot(String id, Manifest manifest, Signed signed, Signed committed) {
    /** How many digits people are shown; any unique beginning is understood. */
    public static final int SHORT = 8;

    public String shortId() {
        return id.substring(0, SHORT);
    }
}
