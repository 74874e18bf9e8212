package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import org.cranny.central.installation.Installation;
import org.cranny.central.installation.InstallationRequest;
import org.cranny.central.installation.Installations;
import org.cranny.central.installation.JoinLines;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Programs that central installs on machines, over SSH. */
@Path("installations")
@Tag(name = "joining")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class InstallationResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Installations installations;

    @Inject
    JoinLines lines;

    @Inject
    Caller caller;

    /** Known hosts of a thousand machines, with three keys each, are two mebibytes. */
    @POST
    @Largest(mebibytes = 4)
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Installs the daemon, the backup application or both on machines; returns when it has begun")
    @APIResponse(responseCode = "202", description = "The installation, which goes on; ask for it to see how far it is")
    @APIResponse(responseCode = "400", description = "What cannot be meant is named; nothing was begun")
    @APIResponse(responseCode = "503", description = "NO_PACKAGES")
    public Response install(InstallationRequest request) {
        return Response.accepted(installations.ask(caller.name(), Problems.needed(request)))
                .build();
    }

    /** What is wanted. @param roles {@code daemon}, {@code source}, or both @param central where the machine finds central */
    public record Wish(List<String> roles, String central) {}

    @POST
    @Path("lines")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Makes a line to paste on a machine; it is good once, for an hour, and given this once")
    @APIResponse(responseCode = "201", description = "The line")
    @APIResponse(responseCode = "503", description = "NO_PACKAGES")
    public Response line(Wish wish) {
        Wish needed = Problems.needed(wish);
        return Response.status(Response.Status.CREATED)
                .entity(lines.make(caller.name(), needed.roles(), needed.central()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Installations, newest first, without their machines")
    public List<Installation> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
        return installations.newest(Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "One installation: each machine's progress while it runs, a report at its end")
    @APIResponse(responseCode = "404", description = "There is no such installation")
    public Installation one(@PathParam("id") long id) {
        return installations.find(id);
    }
}
