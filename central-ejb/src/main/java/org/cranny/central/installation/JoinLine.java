package org.cranny.central.installation;

/**
 * One line that somebody pastes into a shell of a machine that is to join.
 *
 * @param line with a token in it; given this once
 * @param expires until when it is good, ISO 8601
 */
public record JoinLine(String line, String expires) {}
