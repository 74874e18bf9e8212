package org.cranny.protocol.browse;

/** What became of a path between two snapshots. @param change {@code added}, {@code removed}, {@code changed} or {@code attributes} @param before null when added @param after null when removed */
public record ChangeLine(String change, String path, EntryLine before, EntryLine after) {}
