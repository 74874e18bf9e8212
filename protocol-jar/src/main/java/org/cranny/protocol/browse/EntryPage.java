package org.cranny.protocol.browse;

import java.util.List;

/**
 * A page of entries.
 *
 * @param snapshot whole id
 * @param entries in the order of paths
 * @param next what to give as {@code after} for the next page, or null when there is nothing more
 */
public record EntryPage(String snapshot, List<EntryLine> entries, String next) {}
