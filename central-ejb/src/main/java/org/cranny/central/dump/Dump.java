package org.cranny.central.dump;

import java.time.Instant;

/** A dump in central's home. @param made when it was begun: what it holds is of that moment */
public record Dump(String name, Instant made, long octets) {}
