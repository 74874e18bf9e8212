package org.cranny.protocol.snapshot;

/** One snapshot in a list. @param snapshot hex id @param manifest signed, base64url @param committed signed, base64url */
public record SnapshotLine(String snapshot, long version, String manifest, String committed) {}
