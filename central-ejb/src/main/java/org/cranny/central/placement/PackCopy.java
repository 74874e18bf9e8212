package org.cranny.central.placement;

/** One fragment of a pack on one host, kept there. @param id of its row @param number of the fragment */
public record PackCopy(long id, int number, long host, String fragment, long length) {}
