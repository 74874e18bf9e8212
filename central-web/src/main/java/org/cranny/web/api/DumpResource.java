package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cranny.central.dump.Dump;
import org.cranny.central.dump.Dumps;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Dumps of central's own state, from which it can be made again. */
@Path("dumps")
@Tag(name = "realm")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DumpResource {
    @Inject
    Dumps dumps;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "The dumps in central's home, newest first")
    public List<Dump> list() {
        return dumps.list();
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Dumps central's state now")
    @APIResponse(responseCode = "201", description = "The dump is on disk")
    public Response make() {
        return Response.status(Response.Status.CREATED)
                .entity(dumps.make(caller.name()))
                .build();
    }
}
