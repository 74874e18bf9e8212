package org.cranny.protocol.snapshot;

import java.util.List;

/** A source's turn to commit. @param epoch to write into the manifest @param version of the newest committed snapshot, 0 for none @param manifest its hash in hex, or null @param goneSince ids of packs that were removed since the epoch asked about, and, when the turn is taken, of those that snapshots name and no host has any more @param allotment a fresh signed allotment, base64url @param forgotten versions that nobody can have again, rising; empty when the turn is only renewed */
public record Lease(
        long epoch,
        long version,
        String manifest,
        List<String> goneSince,
        String allotment,
        long expiresSeconds,
        List<VersionRange> forgotten) {
    public Lease {
        forgotten = forgotten == null ? List.of() : List.copyOf(forgotten);
    }
}
