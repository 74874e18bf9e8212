package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.central.recovery.Recoveries;
import org.cranny.central.recovery.RecoveryRequest;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks for the recovery of a machine. */
@Path("systems")
@Tag(name = "recovery")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SystemRecoveryResource {
    @Inject
    Recoveries recoveries;

    @Inject
    Caller caller;

    @POST
    @Path("{id}/recoveries")
    @RolesAllowed({Roles.OWNER, Roles.ADMINISTRATOR})
    @Operation(summary = "Asks for a recovery: an archive, or a token for a replacement machine")
    @APIResponse(responseCode = "201", description = "The recovery; a token is given this once")
    @APIResponse(responseCode = "404", description = "There is no such source or snapshot")
    public Response ask(@PathParam("id") long id, RecoveryRequest request) {
        if (Problems.needed(request).agent() != null) {
            caller.requireSight(request.agent());
        }
        return Response.status(Response.Status.CREATED)
                .entity(recoveries.ask(caller.name(), id, request))
                .build();
    }
}
