package org.cranny.protocol.proof;

import java.util.List;

/** Several challenges in one request, at most 256. */
public record Challenges(List<Challenge> challenges) {}
