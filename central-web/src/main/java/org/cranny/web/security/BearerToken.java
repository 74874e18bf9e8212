package org.cranny.web.security;

import java.util.Optional;

/** A token as RFC 6750 carries it. */
record BearerToken(String text) {
    private static final String SCHEME = "bearer ";
    private static final int LONGEST = 2048;

    static Optional<BearerToken> parse(String header) {
        return header.length() > LONGEST || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(new BearerToken(header.substring(SCHEME.length()).strip()));
    }

    @Override
    public String toString() {
        return "BearerToken[…]";
    }
}
