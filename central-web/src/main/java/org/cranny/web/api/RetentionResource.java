package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.retention.Prune;
import org.cranny.central.retention.PrunePlan;
import org.cranny.central.retention.Retention;
import org.cranny.central.retention.RetentionPlan;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which snapshots of a machine stay. */
@Path("systems")
@Tag(name = "retention")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RetentionResource {
    @Inject
    Retention retention;

    @Inject
    Prune prune;

    @Inject
    Caller caller;

    /** @param dryRun whether to see only what would be forgotten; has to be said */
    public record Forget(Boolean dryRun) {}

    /** @param reason why it is kept whatever the policy says; null to let go of it */
    public record Hold(String reason) {}

    @GET
    @Path("{id}/retention")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Which snapshots are kept and why, and which would be forgotten")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public RetentionPlan plan(@PathParam("id") long id) {
        return retention.plan(id);
    }

    @GET
    @Path("{id}/prune")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Which packs are needed by nothing, and what stands against putting them away")
    public PrunePlan prune(@PathParam("id") long id) {
        return prune.plan(id);
    }

    @POST
    @Path("{id}/forget")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Forgets what the policy does not keep; it can be brought back for a time")
    @APIResponse(responseCode = "400", description = "dryRun is neither true nor false")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public RetentionPlan forget(@PathParam("id") long id, Forget wanted) {
        Boolean dryRun = Problems.needed(wanted).dryRun();
        if (dryRun == null) {
            throw new ProblemException(Problem.ofField("dryRun", "dryRun says true or false."));
        }
        return dryRun ? retention.plan(id) : retention.forgetNow(id, caller.name());
    }

    @POST
    @Path("{id}/versions/{version}/recall")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Brings a forgotten snapshot back")
    @APIResponse(responseCode = "400", description = "It was forgotten too long ago")
    @APIResponse(responseCode = "404", description = "There is no such snapshot")
    public RetentionPlan recall(@PathParam("id") long id, @PathParam("version") long version) {
        return retention.recall(id, version, caller.name());
    }

    @PUT
    @Path("{id}/versions/{version}/hold")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Keeps a snapshot whatever the policy says, or lets go of it")
    @APIResponse(responseCode = "404", description = "There is no such snapshot")
    public RetentionPlan hold(@PathParam("id") long id, @PathParam("version") long version, Hold hold) {
        return retention.hold(id, version, Problems.needed(hold).reason(), caller.name());
    }
}
