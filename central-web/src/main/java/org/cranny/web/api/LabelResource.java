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
    Caller caller;

    /** @param labels groups; the first one wins */
    public record Labels(List<String> labels) {}

    @GET
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "The groups of a machine, the first one wins")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public Labels get(@PathParam("id") long id) {
        return new Labels(labels.of(id));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Gives a machine these groups and no others")
    @APIResponse(responseCode = "403", description = "NOT_APPROVED: they keep less, and nobody else gave leave")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public Labels set(@PathParam("id") long id, Labels wanted) {
        return new Labels(labels.set(caller.name(), id, Problems.needed(wanted).labels()));
    }
}
