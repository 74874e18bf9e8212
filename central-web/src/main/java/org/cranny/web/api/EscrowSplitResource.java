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
import org.cranny.central.escrow.ChangedOfficers;
import org.cranny.central.escrow.EscrowStatus;
import org.cranny.central.escrow.Officers;
import org.cranny.central.escrow.ShownShare;
import org.cranny.central.escrow.SplitRequest;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The escrow key in the hands of recovery officers. */
@Path("escrow/split")
@Tag(name = "recovery")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EscrowSplitResource {
    @Inject
    Officers officers;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "Who can open key rings: central, or which officers")
    public EscrowStatus status() {
        return officers.status();
    }

    @POST
    @RolesAllowed(Roles.RECOVERY_OFFICER)
    @Operation(
            summary =
                    "Makes shares, each sealed to its officer; central keeps none, and has the key until all are shown")
    @APIResponse(responseCode = "201", description = "The sealed shares, this once")
    @APIResponse(responseCode = "503", description = "ESCROW_CLOSED")
    public Response split(SplitRequest request) {
        return Response.status(Response.Status.CREATED)
                .entity(officers.split(caller.name(), Problems.needed(request)))
                .build();
    }

    @POST
    @Path("changes")
    @RolesAllowed(Roles.RECOVERY_OFFICER)
    @Operation(summary = "Asks for other officers; those of now bring their shares within the hour")
    @APIResponse(responseCode = "404", description = "Central has the key itself")
    public ChangedOfficers change(SplitRequest request) {
        return officers.change(caller.name(), Problems.needed(request));
    }

    @POST
    @Path("changes/shares")
    @RolesAllowed(Roles.RECOVERY_OFFICER)
    @Operation(
            summary = "Brings an officer's share for other officers; with enough of them the others' shares are made")
    @APIResponse(responseCode = "404", description = "Nobody asked within the last hour")
    @APIResponse(responseCode = "503", description = "ESCROW_CLOSED: the shares are wrong, and all are forgotten")
    public ChangedOfficers bringForChange(ShownShare share) {
        return officers.bringForChange(caller.name(), Problems.needed(share));
    }

    @POST
    @Path("shares")
    @RolesAllowed(Roles.RECOVERY_OFFICER)
    @Operation(summary = "Shows an officer's share; with the last one the split holds and central wipes the key")
    @APIResponse(responseCode = "503", description = "ESCROW_CLOSED: the shares are wrong, and nothing changed")
    public EscrowStatus show(ShownShare share) {
        return officers.show(caller.name(), Problems.needed(share));
    }
}
