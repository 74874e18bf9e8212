package org.cranny.protocol.snapshot;

import java.util.List;

/** One pack and who holds its fragments, as a source reports it. Hosts, fragments and lengths stand in the receipts. @param pack hex id @param packClass DATA, TREE or INDEX */
public record Placement(String pack, String packClass, long length, int k, int n, List<Held> fragments) {}
