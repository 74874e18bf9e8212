package org.cranny.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;

/**
 * From which place a browser's request comes. Browsers say so whenever a request may change something; programs say
 * nothing, and are known by what they show.
 */
final class Origin {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int HTTPS = 443;

    private Origin() {}

    /** Whether this request changes nothing, or comes from no page, or from one of our own. */
    static boolean mayChange(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return READING.contains(request.getMethod())
                || origin == null
                || isOwn(origin, request.getServerName(), request.getServerPort());
    }

    /** @param name and port at which the browser reached us, as it says itself */
    static boolean isOwn(String origin, String name, int port) {
        try {
            URI place = URI.create(origin);
            return "https".equals(place.getScheme())
                    && place.getHost() != null
                    && bare(place.getHost()).equalsIgnoreCase(bare(name))
                    && (place.getPort() < 0 ? HTTPS : place.getPort()) == port;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An IPv6 address without its brackets. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
