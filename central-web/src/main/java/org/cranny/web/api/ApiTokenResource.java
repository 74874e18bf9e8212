package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cranny.central.access.ApiToken;
import org.cranny.central.access.ApiTokenRequest;
import org.cranny.central.access.ApiTokens;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tokens with which programs act for people. */
@Path("api-tokens")
@Tag(name = "people")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
public class ApiTokenResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    ApiTokens tokens;

    @Inject
    Caller caller;

    @GET
    @Operation(summary = "The caller's tokens and logins; an administrator and an auditor may see everybody's")
    public List<ApiToken> list(
            @QueryParam("all") @DefaultValue("false") boolean all,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        boolean everybodys = all && caller.is(Roles.ADMINISTRATOR, Roles.AUDITOR);
        return tokens.list(everybodys ? null : caller.name(), Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes a token with some of the caller's roles; takes a password, no token")
    @APIResponse(responseCode = "201", description = "The token; its text is given this once")
    @APIResponse(responseCode = "400", description = "The field says what cannot be meant")
    public Response make(ApiTokenRequest request) {
        caller.requirePassword();
        return Response.status(Response.Status.CREATED)
                .entity(tokens.make(caller.name(), caller.roles(), Problems.needed(request)))
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Revokes a token: one's own, and an administrator anybody's")
    @APIResponse(responseCode = "204", description = "It is good for nothing any more")
    @APIResponse(responseCode = "404", description = "The caller has no such token")
    public void revoke(@PathParam("id") long id) {
        tokens.revoke(caller.name(), id, caller.is(Roles.ADMINISTRATOR));
    }
}
