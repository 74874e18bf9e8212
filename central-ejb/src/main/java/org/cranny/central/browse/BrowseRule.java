package org.cranny.central.browse;

/** Says whether central may list a source's files by itself. */
public interface BrowseRule {
    boolean letsCentralList(long system);
}
