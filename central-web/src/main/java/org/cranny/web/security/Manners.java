package org.cranny.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/**
 * Closes the machines' door to pages, refuses bodies that are larger than anything we take, forms for the API and addresses
 * with U+0000, and lets no page of another place change anything here, whatever its reader's browser sends along.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class Manners extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The largest pack and its frame; resources with smaller bodies, and uploads, have limits of their own. */
    private static final long LARGEST_BODY = 80L << 20;

    private static final String FORM = "application/x-www-form-urlencoded";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (Door.of(request) == Door.MACHINES && !Paths.isApi(request)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!Origin.mayChange(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (hasNothing(request.getRequestURI()) || hasNothing(request.getQueryString())) {
            refuseAsUnreadable(request, response);
        } else if (Paths.isApi(request) && isForm(request.getContentType())) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else if (request.getContentLengthLong() > LARGEST_BODY && !Paths.isUpload(request)) {
            Refusal.tooLarge(LARGEST_BODY).send(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** A program gets what programs get, somebody at the pages a page. */
    private static void refuseAsUnreadable(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (Paths.isApi(request)) {
            Refusal.unreadable().send(response);
        } else {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    /** No resource takes one, and before Jersey says so it fails at addresses that are badly encoded. */
    private static boolean isForm(String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    /** U+0000 is in no name that we know, and not every database keeps it. */
    private static boolean hasNothing(String encoded) {
        return encoded != null && encoded.contains("%00");
    }
}
