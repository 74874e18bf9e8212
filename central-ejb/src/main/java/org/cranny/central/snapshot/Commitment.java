package org.cranny.central.snapshot;

import org.cranny.protocol.snapshot.CommitAnswer;

/** A commit that is on disk. @param fresh false when this very manifest was committed before */
public record Commitment(CommitAnswer answer, boolean fresh) {}
