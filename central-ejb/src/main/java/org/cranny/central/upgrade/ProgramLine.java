package org.cranny.central.upgrade;

/**
 * One program on one system.
 *
 * @param system its number
 * @param name of the system
 * @param program {@code daemon} or {@code source}
 * @param arch {@code amd64}, {@code arm64}, or what it calls itself
 * @param upkeep who gives it its next version: {@code CENTRAL}, {@code UNSIGNED} (central installed it, and its package
 *     names no key that it could believe), {@code PACKAGES} (the machine's own), {@code HAND}
 * @param since when it first said so
 * @param heard when it said so last
 * @param newest the newest version that central has for it, or null
 * @param state {@code CURRENT}, {@code BEHIND}, {@code WAITING} (for its turn in an upgrade), {@code UPGRADING};
 *     {@code UNKNOWN} when central has no package for it
 */
public record ProgramLine(
        long system,
        String name,
        String program,
        String version,
        String arch,
        String upkeep,
        String since,
        String heard,
        String newest,
        String state) {}
