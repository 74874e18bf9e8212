package org.cranny.central.system;

/**
 * News: somebody shut a machine out. Told within the transaction that writes it down.
 *
 * @param why what that person said of it, or null
 */
public record ShutOut(Machine machine, String actor, String why) {}
