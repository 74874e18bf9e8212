package org.cranny.protocol.receipt;

/** One fragment in a host's list. */
public record Kept(String fragment, long length) {}
