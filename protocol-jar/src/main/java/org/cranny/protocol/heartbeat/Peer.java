package org.cranny.protocol.heartbeat;

/** A host to look at. @param address {@code https://host:port} */
public record Peer(long system, String address) {}
