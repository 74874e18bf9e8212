package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.cranny.central.recovery.ArchiveRun;
import org.cranny.central.recovery.Recoveries;
import org.cranny.central.recovery.Recovery;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recoveries: how they go on, and their archives. */
@Path("recoveries")
@Tag(name = "recovery")
@RequestScoped
public class RecoveryResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Recoveries recoveries;

    @Inject
    Caller caller;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "Recoveries, newest first")
    public List<Recovery> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
        return recoveries.newest(caller.sight(), Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "One recovery: progress while it runs, a report at its end")
    @APIResponse(responseCode = "404", description = "There is no such recovery")
    public Recovery one(@PathParam("id") long id) {
        return inSight(id);
    }

    @GET
    @Path("{id}/archive")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed({Roles.OWNER, Roles.ADMINISTRATOR})
    @Operation(summary = "The archive, opened and streamed now; compare length and digest with the recovery afterwards")
    @APIResponse(responseCode = "200", description = "The octets; a stream that breaks off has no end")
    @APIResponse(responseCode = "404", description = "There is no such recovery, or it has expired")
    @APIResponse(responseCode = "503", description = "ESCROW_CLOSED")
    public Response archive(@PathParam("id") long id) {
        inSight(id);
        ArchiveRun run = recoveries.begin(caller.name(), id);
        StreamingOutput body = run::write;
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"" + run.name() + "\"")
                .build();
    }

    @POST
    @Path("{id}/tell")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OWNER, Roles.ADMINISTRATOR})
    @Operation(summary = "Tells the agent that takes the place, when it had to wait for leave")
    @APIResponse(responseCode = "403", description = "NOT_APPROVED")
    public Recovery tell(@PathParam("id") long id) {
        inSight(id);
        return recoveries.tell(caller.name(), id);
    }

    private Recovery inSight(long id) {
        Recovery recovery = recoveries.find(id);
        caller.requireSight(recovery.system());
        return recovery;
    }
}
