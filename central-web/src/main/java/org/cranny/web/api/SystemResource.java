package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cranny.central.placement.CopyCount;
import org.cranny.central.repair.Repairs;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Machines, for people. */
@Path("systems")
@Tag(name = "systems")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SystemResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Systems systems;

    @Inject
    Snapshots snapshots;

    @Inject
    Repairs repairs;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "Machines that ever joined, by number; to an owner their own")
    public List<Machine> list(
            @QueryParam("name") String name,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return systems.page(caller.owners(), name, after, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    /** @param owner mail address; null for nobody */
    public record Ownership(String owner) {}

    @PUT
    @Path("{id}/owner")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Notes who is responsible for a machine, and is told what others do with its backups")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public Machine giveTo(@PathParam("id") long id, Ownership wanted) {
        return systems.giveTo(id, Problems.needed(wanted).owner(), caller.name());
    }

    /** @param why one line for the log and the owner; null for none */
    public record Reason(String why) {}

    @POST
    @Path("{id}/shut-out")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR})
    @Operation(summary = "Shuts a machine out for ever: its certificate and grants are good for nothing")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    @APIResponse(responseCode = "403", description = "Not one's own, or the sixth in a day and no administrator")
    public Machine shutOut(@PathParam("id") long id, Reason reason) {
        caller.requireSight(id);
        return systems.shutOut(id, caller.name(), Problems.needed(reason).why(), caller.shutsOutADay());
    }

    @GET
    @Path("{id}/redundancy")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "A machine's packs by how many good copies they have now")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public List<CopyCount> redundancy(@PathParam("id") long id) {
        return repairs.redundancy(id);
    }

    @GET
    @Path("{id}/snapshots")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "A machine's snapshots and where they lie, newest first")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public List<SnapshotSummary> snapshots(
            @PathParam("id") long id,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("forgotten") @DefaultValue("false") boolean forgotten) {
        if (systems.find(id).isEmpty()) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "There is no machine " + id + ".");
        }
        return snapshots.summaries(id, Problems.between("limit", limit, 1, LARGEST_PAGE), forgotten);
    }
}
