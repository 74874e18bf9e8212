package org.cranny.protocol.browse;

/** What is searched for below a folder. @param name pattern with {@code *} and {@code ?}, or null @param from ISO 8601 or null @param until ISO 8601 or null */
public record Wanted(String path, String name, String from, String until) {}
