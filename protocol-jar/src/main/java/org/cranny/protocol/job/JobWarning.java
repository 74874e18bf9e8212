package org.cranny.protocol.job;

/** Something that did not go as it should. @param path of a file, or name of a host, or null */
public record JobWarning(String path, String message) {}
