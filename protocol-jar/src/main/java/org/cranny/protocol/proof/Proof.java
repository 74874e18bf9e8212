package org.cranny.protocol.proof;

import java.util.List;

/** An answer. @param length of the fragment, -1 when it is not here @param leaves in the order asked */
public record Proof(String fragment, long length, List<Leaf> leaves) {}
