package org.cranny.protocol.custody;

import java.util.List;

/** Has a daemon move fragments of one source into its trash, out of it, or away. @param fragments hex ids, each named in the grant */
public record TrashOrder(List<String> fragments) {}
