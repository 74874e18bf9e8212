package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.placement.Custody;
import org.cranny.central.snapshot.Keepsakes;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who holds a source's packs. */
@Path("placements")
@Tag(name = "backup")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SOURCE)
public class PlacementResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Custody custody;

    @Inject
    Keepsakes keepsakes;

    @Inject
    Caller caller;

    @POST
    @Largest(mebibytes = 16)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes a batch of receipts")
    public Registered register(Placements batch) {
        return custody.register(caller.system(), Problems.needed(batch));
    }

    @GET
    @Path("moved")
    @Gzipped
    @Operation(
            summary = "The caller's live packs that central had moved since, who holds them now, and which snapshots"
                    + " nobody can have again")
    public MovedPlacements moved(
            @QueryParam("after") @DefaultValue("0") long after, @QueryParam("limit") @DefaultValue("1000") int limit) {
        return custody.moved(caller.system(), after, Problems.between("limit", limit, 1, LARGEST_PAGE))
                .with(keepsakes.givenUp(caller.system()));
    }

    @GET
    @Gzipped
    @Operation(summary = "The caller's live packs and who holds them, in the order of ids")
    public Placements page(@QueryParam("after") String after, @QueryParam("limit") @DefaultValue("1000") int limit) {
        return custody.page(caller.system(), after, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }
}
