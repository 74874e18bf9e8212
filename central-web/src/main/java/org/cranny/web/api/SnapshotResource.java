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
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.cranny.central.metrics.Tally;
import org.cranny.central.snapshot.Commitment;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A source's snapshots. */
@Path("snapshots")
@Tag(name = "backup")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SOURCE)
public class SnapshotResource {
    @Inject
    Snapshots snapshots;

    @Inject
    Tally tally;

    @Inject
    Caller caller;

    @POST
    @Largest(mebibytes = 64)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Commits a snapshot; when the answer comes it is on disk")
    @APIResponse(responseCode = "201", description = "It is committed")
    @APIResponse(responseCode = "200", description = "This very manifest was committed before")
    @APIResponse(responseCode = "409", description = "VERSION_CONFLICT, or PACKS_MISSING with their ids")
    public Response commit(CommitRequest request) {
        long from = System.nanoTime();
        Commitment commitment = snapshots.commit(caller.system(), Problems.needed(request));
        tally.commit(Duration.ofNanos(System.nanoTime() - from));
        return Response.status(commitment.fresh() ? Response.Status.CREATED : Response.Status.OK)
                .entity(commitment.answer())
                .build();
    }

    @GET
    @Gzipped
    @Operation(summary = "The caller's snapshots above a version, oldest first")
    public List<SnapshotLine> list(@QueryParam("after") @DefaultValue("0") long after) {
        return snapshots.list(caller.system(), after);
    }
}
