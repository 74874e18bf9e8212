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
import org.cranny.central.proof.HostProofs;
import org.cranny.central.proof.StorageProofs;
import org.cranny.central.reliability.HostReliability;
import org.cranny.central.reliability.Reliability;
import org.cranny.central.repair.Drain;
import org.cranny.central.repair.Reclaim;
import org.cranny.central.repair.Repairs;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Lending;
import org.cranny.central.system.LendingRequest;
import org.cranny.central.system.Lendings;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Hosts, for people. */
@Path("hosts")
@Tag(name = "hosts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HostResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Hosts hosts;

    @Inject
    Reliability reliability;

    @Inject
    StorageProofs proofs;

    @Inject
    Repairs repairs;

    @Inject
    Lendings lendings;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR})
    @Operation(summary = "Hosts with their space, state and rating, by number")
    public List<HostStatus> list(
            @QueryParam("after") @DefaultValue("0") long after, @QueryParam("limit") @DefaultValue("1000") int limit) {
        return hosts.page(after, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @GET
    @Path("{id}/reliability")
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "How reliably a host can be reached: rating, its parts, its week, the last looks by whom")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public HostReliability reliability(@PathParam("id") long id) {
        return reliability.of(id);
    }

    @GET
    @Path("{id}/proofs")
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "What a host was asked to prove of what it keeps since yesterday, and did")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public HostProofs proofs(@PathParam("id") long id) {
        return proofs.of(id);
    }

    @GET
    @Path("{id}/drain")
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "How much a host still keeps, and what the realm lacks to hold it elsewhere")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public Drain drain(@PathParam("id") long id) {
        return repairs.drain(id);
    }

    @POST
    @Path("{id}/drain")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Begins to empty a host: it takes nothing new, and its copies are made elsewhere")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public Drain beginDrain(@PathParam("id") long id) {
        return repairs.decide(id, true, caller.name());
    }

    @GET
    @Path("{id}/reclaim")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "How much of what a host keeps its owner wants back, and when that will be gone")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public Reclaim reclaim(@PathParam("id") long id) {
        caller.requireSight(id);
        return repairs.reclaim(id);
    }

    /** How much room is wanted back. @param bytes octets */
    public record Wanted(Long bytes) {}

    @POST
    @Path("{id}/reclaim")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OWNER, Roles.ADMINISTRATOR})
    @Operation(summary = "Takes room back: the host is to keep so much less, once there are copies elsewhere")
    @APIResponse(responseCode = "400", description = "Nothing is kept there that is not wanted back already")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public Lending takeBack(@PathParam("id") long id, Wanted wanted) {
        caller.requireSight(id);
        return lendings.takeBack(id, Problems.needed(wanted).bytes(), caller.name());
    }

    @GET
    @Path("{id}/lending")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "How much a host lends and keeps, and what its owner asked for at central")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public Lending lending(@PathParam("id") long id) {
        caller.requireSight(id);
        return lendings.of(id);
    }

    @PUT
    @Path("{id}/lending")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OWNER, Roles.ADMINISTRATOR})
    @Operation(summary = "Sets the most that a host lends; never more than was said at the machine itself")
    @APIResponse(responseCode = "400", description = "A size or a share is none")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public Lending lend(@PathParam("id") long id, LendingRequest wished) {
        caller.requireSight(id);
        return lendings.ask(id, Problems.needed(wished), caller.name());
    }

    @POST
    @Path("{id}/undrain")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Lets a host take fragments again; of one that was quarantined what it still lists counts")
    @APIResponse(responseCode = "400", description = "It is quarantined and gives no answer")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public Drain undrain(@PathParam("id") long id) {
        return repairs.decide(id, false, caller.name());
    }

    @POST
    @Path("{id}/retire")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Takes an emptied host off the list for good")
    @APIResponse(responseCode = "204", description = "It is off the list")
    @APIResponse(responseCode = "400", description = "It is not drained, or keeps something still")
    public void retire(@PathParam("id") long id) {
        repairs.retire(id, caller.name());
    }
}
