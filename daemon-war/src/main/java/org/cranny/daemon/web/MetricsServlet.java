package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.ScrapeToken;
import org.cranny.daemon.status.Metrics;

/** Tells any system of the realm, and whoever shows the scraper's token, this daemon in figures. */
@WebServlet(urlPatterns = "/v1/metrics")
public class MetricsServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "Bearer ";

    @Inject
    private transient Metrics metrics;

    @Inject
    private transient ScrapeToken token;

    @Override
    Caller identify(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        boolean scraper = header != null && header.startsWith(SCHEME) && token.is(header.substring(SCHEME.length()));
        return scraper ? null : super.identify(request);
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET")) {
            throw methodNotKnown(request);
        }
        byte[] octets = metrics.text().getBytes(StandardCharsets.UTF_8);
        response.setStatus(200);
        response.setContentType(Metrics.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(octets.length);
        response.getOutputStream().write(octets);
    }
}
