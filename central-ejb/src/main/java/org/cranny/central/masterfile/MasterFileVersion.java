package org.cranny.central.masterfile;

/** One kept version of the master file. @param time epoch second @param reason why it was made */
public record MasterFileVersion(long version, long time, String reason) {}
