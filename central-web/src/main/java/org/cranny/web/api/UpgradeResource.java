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
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.cranny.central.upgrade.Upgrade;
import org.cranny.central.upgrade.UpgradeRequest;
import org.cranny.central.upgrade.Upgrades;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Newer versions for programs that central installed. */
@Path("upgrades")
@Tag(name = "upgrades")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class UpgradeResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Upgrades upgrades;

    @Inject
    Caller caller;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Upgrades programs, a few first; returns when it has begun")
    @APIResponse(responseCode = "202", description = "The upgrade, which goes on; ask for it to see how far it is")
    @APIResponse(responseCode = "200", description = "Of a dry run: what would be done")
    @APIResponse(responseCode = "400", description = "What cannot be meant is named; nothing was begun")
    @APIResponse(responseCode = "503", description = "NO_PACKAGES")
    public Response upgrade(UpgradeRequest request) {
        Upgrade begun = upgrades.ask(caller.name(), Problems.needed(request));
        return Response.status(begun.id() == null ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(begun)
                .build();
    }

    @POST
    @Path("{id}/stop")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Lets whoever did not begin keep the version that it has")
    @APIResponse(responseCode = "404", description = "There is no such upgrade")
    public Upgrade stop(@PathParam("id") long id) {
        return upgrades.stop(caller.name(), id);
    }

    @GET
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Upgrades, newest first, without their programs")
    public List<Upgrade> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
        return upgrades.newest(Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "One upgrade: each program's progress while it runs, a report at its end")
    @APIResponse(responseCode = "404", description = "There is no such upgrade")
    public Upgrade one(@PathParam("id") long id) {
        return upgrades.find(id);
    }
}
