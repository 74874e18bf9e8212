package org.cranny.central.placement;

/** How many packs have so many good copies. @param copies that are good now @param wanted by their source @param bytes of one copy each */
public record CopyCount(int copies, int wanted, long packs, long bytes) {}
