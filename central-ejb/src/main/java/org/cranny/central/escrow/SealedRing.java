package org.cranny.central.escrow;

import java.time.Instant;

/**
 * A source's key ring as it was deposited.
 *
 * @param keyRing sealed to the escrow key
 * @param browse tree and index keys sealed to the browse key, or null
 */
public record SealedRing(int generation, byte[] keyRing, byte[] browse, Instant deposited) {}
