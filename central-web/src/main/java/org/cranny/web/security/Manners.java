package org.cranny.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells browsers to be strict, closes the machines' door to pages, and refuses bodies that are larger than anything we take. */
@WebFilter("/*")
public class Manners extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The largest pack and its frame; resources with smaller bodies set their own limit. */
    private static final long LARGEST_BODY = 80L << 20;

    private static final String NOTHING_LOADS = "default-src 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        setHeaders(request, response);
        if (Door.of(request) == Door.MACHINES && !Paths.isApi(request)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getContentLengthLong() > LARGEST_BODY) {
            Refusal.tooLarge(LARGEST_BODY).send(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void setHeaders(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader("Strict-Transport-Security", "max-age=31536000");
        if (Paths.isApi(request)) {
            response.setHeader("Content-Security-Policy", NOTHING_LOADS);
            response.setHeader("Cache-Control", "no-store");
        }
    }
}
