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
import java.util.List;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.Approvals;
import org.cranny.central.escrow.Brought;
import org.cranny.central.escrow.Officers;
import org.cranny.central.escrow.ShownShare;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Leave to open what a machine keeps: who asks, who gives it. */
@Path("approvals")
@Tag(name = "recovery")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalResource {
    private static final int LARGEST_PAGE = 1_000;

    /** The number of central itself, which nobody owns. */
    private static final long CENTRAL = 1;

    @Inject
    Approvals approvals;

    @Inject
    Officers officers;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "Approvals, newest first: those that wait, or all")
    public List<Approval> newest(
            @QueryParam("all") @DefaultValue("false") boolean all,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return approvals.newest(!all, caller.sight(), Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "One approval")
    @APIResponse(responseCode = "404", description = "There is no such approval")
    public Approval one(@PathParam("id") long id) {
        return inSight(id);
    }

    @POST
    @Path("{id}/give")
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER})
    @Operation(summary = "Gives leave, which whoever asked cannot do")
    @APIResponse(responseCode = "403", description = "NOT_ALLOWED to whoever asked; NOT_APPROVED when it is over")
    public Approval give(@PathParam("id") long id) {
        return approvals.give(caller.name(), caller.roles(), id);
    }

    @POST
    @Path("{id}/refuse")
    @RolesAllowed({Roles.OWNER, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER})
    @Operation(summary = "Refuses, or takes back what was given")
    @APIResponse(responseCode = "403", description = "NOT_APPROVED when it is over")
    public Approval refuse(@PathParam("id") long id) {
        inSight(id);
        return approvals.refuse(caller.name(), id);
    }

    @POST
    @Path("{id}/shares")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.RECOVERY_OFFICER)
    @Operation(summary = "Brings a recovery officer's share: enough of them open the machine's ring for an hour")
    @APIResponse(
            responseCode = "403",
            description = "NOT_APPROVED while the owner can still object, or when it is over")
    @APIResponse(responseCode = "503", description = "ESCROW_CLOSED: one of the shares is wrong, and all are forgotten")
    public Brought bring(@PathParam("id") long id, ShownShare share) {
        return officers.bring(caller.name(), id, Problems.needed(share));
    }

    private Approval inSight(long id) {
        Approval approval = approvals.find(id);
        caller.requireSight(approval.system() == null ? CENTRAL : approval.system());
        return approval;
    }
}
