package org.cranny.central.system;

/** A machine that somebody is responsible for. @param owner mail address in small letters, as the database makes them */
public record Owned(String owner, Machine machine) {}
