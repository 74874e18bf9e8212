package org.cranny.protocol.proof;

import java.util.List;

/** Answers, in the order asked. */
public record Proofs(List<Proof> proofs) {}
