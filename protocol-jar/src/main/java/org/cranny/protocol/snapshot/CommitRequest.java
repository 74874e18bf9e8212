package org.cranny.protocol.snapshot;

/** Asks to commit. @param manifest a signed {@code Manifest}, base64url */
public record CommitRequest(String manifest) {}
