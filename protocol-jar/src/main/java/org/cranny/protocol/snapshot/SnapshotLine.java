package org.cranny.protocol.snapshot;

/** One snapshot in a list. @param snapshot hex id @param manifest signed, base64url @param committed signed, base64url @param forgotten whether nobody can have it again; its manifest stays, because the packs of later ones are told by what they differ in */
public record SnapshotLine(String snapshot, long version, String manifest, String committed, boolean forgotten) {}
