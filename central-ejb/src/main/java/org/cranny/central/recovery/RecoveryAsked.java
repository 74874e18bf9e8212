package org.cranny.central.recovery;

/**
 * News: somebody asked for a recovery. Told within the transaction that writes it down, so that what a listener writes is
 * kept with it or not at all.
 */
public record RecoveryAsked(Recovery recovery) {}
