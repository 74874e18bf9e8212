package org.cranny.central.brake;

import java.time.Instant;
import java.util.Optional;

/** Orders of administrators after which a source sends everything again. */
public interface Rekeying {
    /** When a source last carried one out; empty when it never did. */
    Optional<Instant> last(long source);
}
