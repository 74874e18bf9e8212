package org.cranny.protocol.receipt;

/** The fragment is on disk. @param receipt signed {@code Receipt}, base64url */
public record PutAnswer(String receipt) {}
