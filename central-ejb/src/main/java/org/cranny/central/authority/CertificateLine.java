package org.cranny.central.authority;

import java.time.Instant;

/** A certificate of a system, in short. @param serial hexadecimal */
public record CertificateLine(String serial, Instant issued, Instant expires) {}
