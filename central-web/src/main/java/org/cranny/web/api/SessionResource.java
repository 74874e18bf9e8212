package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.web.security.Bearers;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Logins of programs that ask their user for name and password. */
@Path("sessions")
@Tag(name = "people")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    @Inject
    Bearers bearers;

    @Inject
    Caller caller;

    /** @param name as the directory knows it */
    public record Credential(String name, String password) {
        @Override
        public String toString() {
            return "Credential[" + name + "]";
        }
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Gives a bearer token of an hour for name and password")
    @APIResponse(responseCode = "201", description = "The token, shown this once")
    @APIResponse(responseCode = "401", description = "Name or password is wrong")
    @APIResponse(responseCode = "503", description = "DIRECTORY_AWAY")
    public Response begin(Credential credential, @Context HttpServletRequest request) {
        Credential given = Problems.needed(credential);
        return Response.status(Response.Status.CREATED)
                .entity(bearers.begin(given.name(), given.password(), request.getRemoteAddr()))
                .build();
    }

    @DELETE
    @Path("current")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "Ends the login whose token the request shows")
    @APIResponse(responseCode = "204", description = "The token is good for nothing any more")
    public void end(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        bearers.end(caller.name(), authorization);
    }
}
