package org.cranny.central.escrow;

/**
 * Why a key ring is opened.
 *
 * @param actor the person who asked
 * @param why in a few words, without file names
 * @param approval under which, or null when none was needed
 */
public record Reason(String actor, String why, Long approval) {}
