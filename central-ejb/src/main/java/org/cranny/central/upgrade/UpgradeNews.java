package org.cranny.central.upgrade;

/** News: central has a version for a program on this system. */
public record UpgradeNews(long system) {}
