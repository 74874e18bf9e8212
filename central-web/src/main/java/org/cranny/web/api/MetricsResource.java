package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.cranny.central.metrics.Metrics;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The realm in figures. */
@Path("metrics")
@Tag(name = "realm")
@RequestScoped
public class MetricsResource {
    @Inject
    Metrics metrics;

    @GET
    @Gzipped
    @Produces(Metrics.MEDIA_TYPE)
    @RolesAllowed({Roles.MONITOR, Roles.SCRAPER, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "The realm in figures, in the text format of Prometheus")
    public String metrics() {
        return metrics.text();
    }
}
