package org.cranny.protocol.release;

/** What central answers to a report of a program. @param upgrade to carry out now, or null */
public record ProgramAnswer(UpgradeOrder upgrade) {}
