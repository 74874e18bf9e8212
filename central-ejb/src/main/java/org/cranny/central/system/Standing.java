package org.cranny.central.system;

/** What the master file says of how well a host can be reached. @param rating 0..1 @param availability class of its week */
public record Standing(double rating, String availability) {}
