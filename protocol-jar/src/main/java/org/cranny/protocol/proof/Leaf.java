package org.cranny.protocol.proof;

import java.util.List;

/** One leaf and its path. @param octets base64 @param path neighbours' hashes from the leaf up, hex */
public record Leaf(int number, String octets, List<String> path) {}
