package org.cranny.protocol.heartbeat;

/** One look of the connectivity monitor. @param system peer's number, 0 for central @param time second of the look @param reached whether an answer came @param millis until it came */
public record Seen(long system, long time, boolean reached, long millis) {}
