package org.cranny.protocol.enrollment;

import java.util.List;

/**
 * Asks to join a realm, in a file that people carry ({@code docs/protocol/files.md}).
 *
 * @param cranny {@link #KIND}
 * @param format {@link #FORMAT}
 * @param name of the machine
 * @param roles {@code host} or {@code source}
 * @param csr PKCS#10 in PEM, ECDSA P-256
 * @param address of the daemon, {@code https://host:port}, or null
 * @param failureDomain label of what can be lost at once, or null
 * @param quotaBytes the most that a host lends, 0 when it did not say
 * @param certificates of a host that belongs to another realm and stays there, PEM, its own first, that realm's
 *     authority last; null otherwise
 */
public record JoinRequest(
        String cranny,
        int format,
        String name,
        List<String> roles,
        String csr,
        String address,
        String failureDomain,
        long quotaBytes,
        List<String> certificates) {
    public static final String KIND = "join-request";
    public static final int FORMAT = 1;

    /** A request of this version. */
    public static JoinRequest of(
            String name, String role, String csr, String address, String failureDomain, long quotaBytes) {
        return new JoinRequest(KIND, FORMAT, name, List.of(role), csr, address, failureDomain, quotaBytes, null);
    }
}
