package org.cranny.daemon.shelf;

import org.cranny.protocol.problem.ProblemKind;

/** What became of a put. */
public sealed interface StoreOutcome {

    /** It is on disk now, name and octets. */
    record Stored() implements StoreOutcome {}

    /** It was here before; its octets were read and are right. */
    record AlreadyHere() implements StoreOutcome {}

    /** Nothing was kept. @param kind says what the caller can do @param detail one line */
    record Refused(ProblemKind kind, String detail) implements StoreOutcome {}
}
