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
import org.cranny.central.brake.Brake;
import org.cranny.central.brake.Brakes;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where deletion is stopped, and who lets it go on. */
@Path("brakes")
@Tag(name = "retention")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BrakeResource {
    @Inject
    Brakes brakes;

    @Inject
    Caller caller;

    /** @param system whose snapshots stay; null for all @param reason null when nobody says */
    public record Pull(Long system, String reason) {}

    @GET
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Brakes that are on, or all that ever were, newest first")
    public List<Brake> list(@QueryParam("all") @DefaultValue("false") boolean all) {
        return brakes.list(all);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "One brake")
    @APIResponse(responseCode = "404", description = "There is no such brake")
    public Brake one(@PathParam("id") long id) {
        return brakes.show(id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Stops deletion at once, of one machine's snapshots or of all; one that is on stays as it is")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public Brake pull(Pull wanted) {
        Pull pull = Problems.needed(wanted);
        return brakes.pull(pull.system(), caller.name(), pull.reason());
    }

    @POST
    @Path("{id}/release")
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Lets deletion go on, with another administrator's leave whatever the realm's rule is")
    @APIResponse(responseCode = "403", description = "NOT_APPROVED, and says which approval waits")
    @APIResponse(responseCode = "404", description = "There is no such brake")
    public Brake release(@PathParam("id") long id) {
        return brakes.release(id, caller.name());
    }
}
