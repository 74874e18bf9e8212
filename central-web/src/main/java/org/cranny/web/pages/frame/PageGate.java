package org.cranny.web.pages.frame;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.cranny.web.security.Refusals;

/** Lets people see the pages that {@link Page} has for their role, and none that it has not. */
@WebFilter(urlPatterns = "*.xhtml", asyncSupported = true)
public class PageGate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String LOGIN = "/login.xhtml";
    private static final String RESOURCES = "/jakarta.faces.resource/";

    @Inject
    transient Refusals refusals;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath();
        if (path.equals(LOGIN) || path.startsWith(RESOURCES)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Page> page = Page.at(path);
        if (page.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!page.get().isFor(request::isUserInRole)) {
            refusals.note(request.getRemoteUser(), "page " + path);
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Referrer-Policy", "same-origin");
            response.setHeader("X-Content-Type-Options", "nosniff");
            chain.doFilter(request, response);
        }
    }
}
