package org.cranny.protocol.release;

/**
 * What a running program tells central of itself.
 *
 * @param program {@code daemon} or {@code source}
 * @param version of the program that tells it
 * @param arch {@code amd64}, {@code arm64}, or what Java calls another one
 * @param upkeep who gives it its next version
 * @param failed the newest upgrade that came to nothing and that central was not told of
 */
public record ProgramReport(String program, String version, String arch, Upkeep upkeep, FailedUpgrade failed) {

    /** @param version that was not to be had @param reason in one line */
    public record FailedUpgrade(String version, String reason) {}
}
