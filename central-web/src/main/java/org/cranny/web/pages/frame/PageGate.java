package org.cranny.web.pages.frame;

import jakarta.faces.application.ViewExpiredException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Refusals;

/**
 * Lets people see the pages that {@link Page} has for their role, and none that it has not. A form of a page that the
 * server does not know any more, or never made, does nothing: its reader is shown that page anew and told so.
 */
@WebFilter(urlPatterns = "*.xhtml", asyncSupported = true)
public class PageGate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String LOGIN = "/login.xhtml";
    private static final String RESOURCES = "/jakarta.faces.resource/";
    private static final String STATE = "jakarta.faces.ViewState";
    private static final Pattern KNOWN_FORM = Pattern.compile("-?[0-9]{1,20}:-?[0-9]{1,20}");

    @Inject
    transient Refusals refusals;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath();
        if (path.startsWith(RESOURCES)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Page> page = Page.at(path);
        if (path.equals(LOGIN)) {
            pass(request, response, chain);
        } else if (page.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!page.get().isFor(request::isUserInRole)) {
            refusals.note(request.getRemoteUser(), "page " + path);
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            pass(request, response, chain);
        }
    }

    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String[] states = request.getParameterValues(STATE);
        if (states != null
                && !(states.length == 1 && KNOWN_FORM.matcher(states[0]).matches())) {
            showAnew(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (ServletException e) {
            if (!isForgotten(e) || response.isCommitted()) {
                throw e;
            }
            showAnew(request, response);
        }
    }

    private static boolean isForgotten(ServletException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof ViewExpiredException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static void showAnew(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Said.warn(request, Texts.say("said.forgotten"));
        response.sendRedirect(request.getContextPath()
                + request.getServletPath()
                + (request.getQueryString() == null ? "" : "?" + request.getQueryString()));
    }
}
