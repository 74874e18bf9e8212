package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.central.database.Database;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether central works. */
@Path("health")
@Tag(name = "realm")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    @Inject
    Database database;

    /** @param status {@code UP} or {@code DOWN} */
    public record Health(String status) {}

    @GET
    @PermitAll
    @Operation(summary = "UP when requests can be served and what is acknowledged reaches the disk; for everybody")
    @APIResponse(responseCode = "200", description = "UP")
    @APIResponse(responseCode = "503", description = "DOWN")
    public Response health() {
        return database.answers()
                ? Response.ok(new Health("UP")).build()
                : Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .entity(new Health("DOWN"))
                        .build();
    }
}
