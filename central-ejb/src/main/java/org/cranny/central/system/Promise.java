package org.cranny.central.system;

import java.time.Instant;

/** Space that a host used since it last said how much it has. @param receipt the host's time of it */
public record Promise(long length, Instant receipt) {}
