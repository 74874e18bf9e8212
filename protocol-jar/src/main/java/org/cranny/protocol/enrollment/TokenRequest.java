package org.cranny.protocol.enrollment;

import java.util.List;

/** Asks for an enrollment token. @param roles it may enroll @param uses how often, 0 for any number @param validSeconds from now */
public record TokenRequest(List<String> roles, int uses, long validSeconds) {}
