package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.snapshot.Leases;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A source's turn to commit. */
@Path("leases")
@Tag(name = "backup")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SOURCE)
public class LeaseResource {
    @Inject
    Leases leases;

    @Inject
    Caller caller;

    @POST
    @Operation(summary = "Takes the turn; brings the packs that were removed since the last one")
    @APIResponse(responseCode = "409", description = "LEASE_TAKEN")
    public Lease take(LeaseRequest request) {
        return leases.take(caller.system(), Problems.needed(request));
    }

    @PUT
    @Path("{epoch}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Keeps the turn for another while")
    public Lease renew(@PathParam("epoch") long epoch) {
        return leases.renew(caller.system(), epoch);
    }

    @DELETE
    @Path("{epoch}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Gives the turn back")
    public void release(@PathParam("epoch") long epoch) {
        leases.release(caller.system(), epoch);
    }
}
