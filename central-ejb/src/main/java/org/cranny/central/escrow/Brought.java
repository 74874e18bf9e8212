package org.cranny.central.escrow;

/** How far officers are with one approval. @param open whether the ring can be used now, for at most an hour */
public record Brought(long approval, int brought, int threshold, boolean open) {}
