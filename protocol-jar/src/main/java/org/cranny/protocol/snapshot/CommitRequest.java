package org.cranny.protocol.snapshot;

/**
 * Asks to commit.
 *
 * @param manifest a signed {@code Manifest}, base64url
 * @param content what is new in files since the source's last backup; null when it says nothing
 */
public record CommitRequest(String manifest, NewContent content) {}
