package org.cranny.protocol.custody;

/** A copy that its source found missing or wrong. @param pack hex id @param host number of the host that should keep it @param reason for people */
public record Finding(String pack, long host, String reason) {}
