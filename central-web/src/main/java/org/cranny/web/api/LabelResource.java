package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cranny.central.policy.OwnerGroups;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The groups of one machine. */
@Path("systems/{id}/labels")
@Tag(name = "policies")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LabelResource {
    @Inject
    org.cranny.central.policy.Labels labels;

    @Inject
    OwnerGroups ownerGroups;

    @Inject
    Caller caller;

    /** @param labels groups; the first one wins */
    public record Labels(List<String> labels) {}

    /**
     * @param labels groups; the first one wins
     * @param directoryGroups those of the directory that its owner is in, behind them
     */
    public record Groups(List<String> labels, List<String> directoryGroups) {}

    @GET
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "The groups of a machine, the first one wins")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public Groups get(@PathParam("id") long id) {
        return groups(id, labels.of(id));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Gives a machine these labels and no others")
    @APIResponse(responseCode = "403", description = "NOT_APPROVED: they keep less, and nobody else gave leave")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public Groups set(@PathParam("id") long id, Labels wanted) {
        return groups(id, labels.set(caller.name(), id, Problems.needed(wanted).labels()));
    }

    private Groups groups(long system, List<String> own) {
        return new Groups(own, ownerGroups.behind(system, own));
    }
}
