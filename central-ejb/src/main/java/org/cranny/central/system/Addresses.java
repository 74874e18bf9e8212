package org.cranny.central.system;

import java.net.URI;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Lets in daemon addresses of the form {@code https://host:port} and nothing else: others will connect to them. */
public final class Addresses {
    private static final int LONGEST = 300;

    private Addresses() {}

    public static void check(String field, String address) {
        if (address == null || address.length() > LONGEST || !right(address)) {
            throw new ProblemException(Problem.ofField(field, "an address is https://host:port"));
        }
    }

    private static boolean right(String address) {
        try {
            URI uri = URI.create(address);
            return address.chars().allMatch(c -> c > ' ' && c < 127)
                    && "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() < 65_536
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
