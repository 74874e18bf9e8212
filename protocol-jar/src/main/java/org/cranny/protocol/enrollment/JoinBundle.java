package org.cranny.protocol.enrollment;

/**
 * Answers a {@link JoinRequest}, in a file that people carry back ({@code docs/protocol/files.md}). Holds no secret. It
 * is believed only as far as the authority whose fingerprint the reader was given signed it.
 *
 * @param cranny {@link #KIND}
 * @param format {@link #FORMAT}
 * @param name of the machine, as the realm lists it
 * @param enrolled what an enrollment answers; its {@code machinesUrl} is null where there is no central
 * @param masterFile the newest one, as text, or null for a host
 */
public record JoinBundle(String cranny, int format, String name, Enrolled enrolled, String masterFile) {
    public static final String KIND = "join-bundle";
    public static final int FORMAT = 1;

    /** A bundle of this version. */
    public static JoinBundle of(String name, Enrolled enrolled, String masterFile) {
        return new JoinBundle(KIND, FORMAT, name, enrolled, masterFile);
    }
}
