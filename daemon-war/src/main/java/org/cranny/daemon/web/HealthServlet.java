package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.status.Checks;
import org.cranny.daemon.status.Checks.Health;

/** Tells anybody who reaches a listener whether this daemon lives and is ready, and nothing else. */
@WebServlet(urlPatterns = {"/v1/health/live", "/v1/health/ready"})
public class HealthServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Checks checks;

    @Override
    Caller identify(HttpServletRequest request) {
        return null;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw methodNotKnown(request);
        }
        Health health = request.getServletPath().endsWith("/live") ? checks.live() : checks.ready();
        response.setHeader("Cache-Control", "no-store");
        send(response, health.up() ? 200 : 503, health);
    }
}
