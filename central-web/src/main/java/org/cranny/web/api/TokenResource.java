package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tokens that let machines join. */
@Path("tokens")
@Tag(name = "joining")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
    @Inject
    Enrollments enrollments;

    @Inject
    Caller caller;

    @POST
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Makes a token; its text is given this once")
    @APIResponse(responseCode = "201", description = "The token")
    public Response create(TokenRequest request) {
        return Response.status(Response.Status.CREATED)
                .entity(enrollments.createToken(caller.name(), Problems.needed(request)))
                .build();
    }

    @POST
    @Path("own")
    @RolesAllowed(Roles.OWNER)
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary =
                    "Makes a token for one machine of the caller's own, good for ten minutes; takes a password, no token")
    @APIResponse(responseCode = "201", description = "The token; its text is given this once")
    @APIResponse(
            responseCode = "403",
            description = "NOT_ALLOWED: also when the directory has no mail address of theirs")
    @APIResponse(responseCode = "413", description = "ALLOTMENT_USED_UP: the caller has as many machines as may be")
    public Response createOwn() {
        caller.requirePassword();
        return Response.status(Response.Status.CREATED)
                .entity(enrollments.createOwnToken(caller.name(), caller.owners()))
                .build();
    }
}
