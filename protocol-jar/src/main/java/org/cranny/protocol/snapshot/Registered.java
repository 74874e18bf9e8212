package org.cranny.protocol.snapshot;

import java.util.List;

/** What central took from a batch: ids of packs whose every receipt was right, and one line for each that was not. */
public record Registered(List<String> accepted, List<String> refused) {}
