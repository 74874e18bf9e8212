package org.cranny.central.system;

/** News: what the master file says about hosts is no longer so. @param reason for people */
public record HostsChanged(String reason) {}
