package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cranny.daemon.status.Checks;
import org.cranny.daemon.status.Checks.Health;

/** Tells anybody who reaches a listener whether this daemon lives and is ready, and nothing else. */
@WebServlet(urlPatterns = {"/v1/health/live", "/v1/health/ready"})
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Checks checks;

    @Inject
    private transient Jsonb json;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Health health = request.getServletPath().endsWith("/live") ? checks.live() : checks.ready();
        byte[] octets = json.toJson(health).getBytes(StandardCharsets.UTF_8);
        response.setStatus(health.up() ? 200 : 503);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(octets.length);
        response.getOutputStream().write(octets);
    }
}
