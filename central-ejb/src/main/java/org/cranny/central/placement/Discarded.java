package org.cranny.central.placement;

/** A fragment that is to leave its host. @param id of its row */
public record Discarded(long id, long source, long host, String fragment, long length) {}
