package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.central.health.Checks;
import org.cranny.central.health.Health;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether central works. */
@Path("health")
@Tag(name = "realm")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class HealthResource {
    @Inject
    Checks checks;

    @GET
    @Operation(summary = "UP when central is live and ready; for everybody")
    @APIResponse(responseCode = "200", description = "UP")
    @APIResponse(responseCode = "503", description = "DOWN")
    public Response health() {
        Health live = checks.live();
        return answer(live.up() ? checks.ready() : live);
    }

    @GET
    @Path("live")
    @Operation(summary = "DOWN when only another start helps; for everybody")
    @APIResponse(responseCode = "200", description = "UP")
    @APIResponse(responseCode = "503", description = "DOWN")
    public Response live() {
        return answer(checks.live());
    }

    @GET
    @Path("ready")
    @Operation(summary = "UP when central can do its work: database, schema, home, master file; for everybody")
    @APIResponse(responseCode = "200", description = "UP")
    @APIResponse(responseCode = "503", description = "DOWN")
    public Response ready() {
        return answer(checks.ready());
    }

    private static Response answer(Health health) {
        return Response.status(health.up() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .entity(health)
                .build();
    }
}
