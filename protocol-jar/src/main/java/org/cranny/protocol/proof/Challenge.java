package org.cranny.protocol.proof;

import java.util.List;

/** Asks for leaves of one fragment. @param fragment hex id @param leaves numbers, at most 16 */
public record Challenge(String fragment, List<Integer> leaves) {}
