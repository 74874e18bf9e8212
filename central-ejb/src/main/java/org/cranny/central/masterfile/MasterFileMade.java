package org.cranny.central.masterfile;

/** News: this version of the master file is on disk and can be fetched. */
public record MasterFileMade(long version) {}
