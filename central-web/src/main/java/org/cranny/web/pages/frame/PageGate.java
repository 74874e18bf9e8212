package org.cranny.web.pages.frame;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cranny.central.job.Jobs;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Refusals;

/**
 * Lets people see the pages that {@link Page} has for their role, and none that it has not; owners those of their own
 * machines alone. Only the roles that the page is for count from here on, so that an owner who is an auditor too
 * changes nothing on other people's machines.
 */
@WebFilter(urlPatterns = "*.xhtml", asyncSupported = true)
public class PageGate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String LOGIN = "/login.xhtml";
    private static final String RESOURCES = "/jakarta.faces.resource/";

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
        if (path.equals(LOGIN) || path.startsWith(RESOURCES)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Page> page = Page.at(path);
        Optional<Page> first = Page.first(request::isUserInRole);
        if (page.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (isDoor(request) && first.isPresent()) {
            response.sendRedirect(request.getContextPath() + first.get().path());
        } else if (!page.get().isFor(request::isUserInRole)) {
            refuse(request, response, "page " + path);
        } else if (isOutOfSight(request, page.get())) {
            refuse(request, response, "page " + path + " of another owner");
        } else {
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Referrer-Policy", "same-origin");
            response.setHeader("X-Content-Type-Options", "nosniff");
            chain.doFilter(request, response);
        }
    }

    /** Whether only the application was asked for, and no page of it. */
    private static boolean isDoor(HttpServletRequest request) {
        return request.getRequestURI().equals(request.getContextPath() + "/");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String what) throws IOException {
        refusals.note(request.getRemoteUser(), what);
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    private boolean isOutOfSight(HttpServletRequest request, Page page) throws IOException {
        if (request.getCharacterEncoding() == null) {
            request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        }
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
