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
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cranny.central.job.Jobs;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Refusals;

/**
 * Lets people see the pages that {@link Page} has for their role, and none that it has not; owners those of their own
 * machines alone. Only the roles that the page is for count from here on, so that an owner who is an auditor too
 * changes nothing on other people's machines. A form of a page that the server does not know any more, or never made,
 * does nothing: its reader is shown that page anew and told so.
 */
@WebFilter(urlPatterns = "*.xhtml", asyncSupported = true)
public class PageGate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String LOGIN = "/login.xhtml";
    private static final String RESOURCES = "/jakarta.faces.resource/";
    private static final String STATE = "jakarta.faces.ViewState";
    private static final String KIND_OF_ANSWER = "jakarta.faces.RenderKitId";
    private static final String PART = "Faces-Request";
    private static final String PART_OF_A_PAGE = "jakarta.faces.partial.";
    private static final Pattern KNOWN_FORM = Pattern.compile("-?[0-9]{1,20}:-?[0-9]{1,20}");

    @Inject
    transient Refusals refusals;

    @Inject
    transient Caller caller;

    @Inject
    transient Address address;

    @Inject
    transient Jobs jobs;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath();
        if (!Address.isReadable(request) || isNotMeant(request)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else if (path.startsWith(RESOURCES)) {
            chain.doFilter(request, response);
        } else {
            choose(path, request, response, chain);
        }
    }

    private void choose(String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Page> page = Page.at(path);
        Optional<Page> first = Page.first(request::isUserInRole);
        if (path.equals(LOGIN)) {
            pass(request, response, chain);
        } else if (page.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (isDoor(request) && first.isPresent()) {
            response.sendRedirect(request.getContextPath() + first.get().path());
        } else if (!page.get().isFor(request::isUserInRole)) {
            refuse(request, response, "page " + path);
        } else if (isOutOfSight(page.get())) {
            refuse(request, response, "page " + path + " of another owner");
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

    /**
     * Whether a field has U+0000, which nobody types and not every database keeps, or the request asks for answers of
     * another kind than pages are, which the server fails to give, or for parts of a page: no page asks for any, and the
     * server answers what fails there with 200 and the name of its exception.
     */
    static boolean isNotMeant(HttpServletRequest request) {
        return request.getParameter(KIND_OF_ANSWER) != null
                || request.getHeader(PART) != null
                || request.getParameterMap().keySet().stream()
                        .anyMatch(name -> name.equals(PART) || name.startsWith(PART_OF_A_PAGE))
                || request.getParameterMap().values().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(value -> value.indexOf('\0') >= 0);
    }

    private static boolean isForgotten(ServletException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof ViewExpiredException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static void showAnew(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(anew(request));
    }

    /** The address of the page that a form was sent to; it will say that the form did nothing. */
    static String anew(HttpServletRequest request) {
        Said.warn(request, Texts.say("said.forgotten"));
        return request.getContextPath()
                + request.getServletPath()
                + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }

    /** Whether only the application was asked for, and no page of it. */
    private static boolean isDoor(HttpServletRequest request) {
        return request.getRequestURI().equals(request.getContextPath() + "/");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String what) throws IOException {
        refusals.note(request.getRemoteUser(), what);
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    private boolean isOutOfSight(Page page) {
        caller.countOnly(page.roles());
        if (caller.seesAll()) {
            return false;
        }
        Optional<Long> machine = page == Page.JOB
                ? address.number("id").flatMap(this::ofJob)
                : page.machine().flatMap(address::number);
        return machine.isPresent() && !caller.sees(machine.get());
    }

    private Optional<Long> ofJob(long job) {
        try {
            return Optional.of(jobs.system(job));
        } catch (ProblemException none) {
            return Optional.empty();
        }
    }
}
