package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.cranny.central.upgrade.Orders;
import org.cranny.protocol.release.ProgramAnswer;
import org.cranny.protocol.release.ProgramReport;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The program that calls, and its next version. */
@Path("program")
@Tag(name = "upgrades")
@RequestScoped
@RolesAllowed(Roles.SYSTEM)
public class ProgramResource {
    @Inject
    Orders orders;

    @Inject
    Caller caller;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes which version of which program runs there, and answers which one is to be fetched now")
    public ProgramAnswer report(ProgramReport report) {
        return orders.report(caller.system().number(), Problems.needed(report));
    }

    @GET
    @Path("{program}/{version}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The archive that this program was ordered to fetch, or one range of it")
    @APIResponse(responseCode = "206", description = "The range asked for")
    @APIResponse(responseCode = "404", description = "It was not ordered to fetch that")
    public Response archive(
            @PathParam("program") String program,
            @PathParam("version") String version,
            @HeaderParam("Range") String range)
            throws IOException {
        return FileAnswer.of(orders.archive(caller.system().number(), program, version), range)
                .build();
    }
}
