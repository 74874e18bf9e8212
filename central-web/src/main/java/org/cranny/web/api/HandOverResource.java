package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.central.recovery.Recoveries;
import org.cranny.protocol.recovery.HandOverRequest;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a machine takes the place of a lost one. The one-time token in the body is the proof. */
@Path("hand-overs")
@Tag(name = "recovery")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class HandOverResource {
    @Inject
    Recoveries recoveries;

    @POST
    @PermitAll
    @Operation(summary = "Gives a lost machine's place to the one that has the recovery token")
    @APIResponse(responseCode = "201", description = "Certificate, keys sealed to the caller, what to restore")
    @APIResponse(responseCode = "403", description = "UNKNOWN_TOKEN, EXPIRED_TOKEN or REVOKED")
    public Response handOver(HandOverRequest request) {
        return Response.status(Response.Status.CREATED)
                .entity(recoveries.handOver(Problems.needed(request)))
                .build();
    }
}
