package org.cranny.central.job;

/** How the backups that ended in some time ended. @param incomplete done, but for some files */
public record JobTally(long done, long incomplete, long failed) {}
