package org.cranny.protocol.snapshot;

/** One fragment on one host. @param receipt a signed {@code Receipt}, base64url */
public record Held(int number, String receipt) {}
