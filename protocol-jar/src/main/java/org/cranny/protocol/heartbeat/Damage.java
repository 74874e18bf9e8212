package org.cranny.protocol.heartbeat;

/** A fragment whose octets a host found wrong by itself and moved aside: it keeps it no more. @param source number of its source @param fragment hex id @param reason for people */
public record Damage(long source, String fragment, String reason) {
    /** At most so many are told in one report. */
    public static final int MOST = 100;
}
