package org.cranny.protocol.enrollment;

import java.util.List;

/** Asks to join, with a one-time token. @param token as shown by central @param name of the machine @param roles some of {@code source}, {@code host}, {@code monitor} @param csr PKCS#10 in PEM, ECDSA P-256 @param address of the daemon, {@code https://host:port}, or null @param failureDomain label of what can be lost at once, or null */
public record EnrollmentRequest(
        String token, String name, List<String> roles, String csr, String address, String failureDomain) {}
