package org.cranny.central.log;

/**
 * Which entries of the log to list, newest first.
 *
 * @param actor who did it, whole; null for everybody
 * @param subject with whom or what, whole; null for all
 * @param before only entries before this one; null for the newest
 */
public record LogQuery(String actor, String subject, Long before, int limit) {}
