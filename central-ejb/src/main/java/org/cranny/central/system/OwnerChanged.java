package org.cranny.central.system;

/**
 * News: another person is responsible for a machine. Told within the transaction that writes it down.
 *
 * @param before mail address of who was, or null
 */
public record OwnerChanged(Machine machine, String before, String actor) {}
