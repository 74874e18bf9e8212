package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.cranny.central.policy.Effective;
import org.cranny.central.policy.Forecast;
import org.cranny.central.policy.Forecasts;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.Schedules;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What holds for one machine, for people. */
@Path("systems/{id}/policy")
@Tag(name = "policies")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SystemPolicyResource {
    private static final int MOST_TIMES = 1_000;

    @Inject
    Policies policies;

    @Inject
    Schedules schedules;

    @Inject
    Forecasts forecasts;

    @Inject
    Caller caller;

    /** @param due when a backup is due, ISO 8601 */
    public record Due(Instant due) {}

    @GET
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "What holds for a machine, each member with where it comes from")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public Effective effective(@PathParam("id") long id) {
        return policies.effective(id);
    }

    @GET
    @Path("forecast")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "What the next backup would look at, judged by the newest snapshot; an estimate")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    @APIResponse(responseCode = "409", description = "NO_BROWSING")
    public Forecast forecast(@PathParam("id") long id) {
        return forecasts.of(caller.name(), id, policies.effective(id));
    }

    @GET
    @Path("next")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "When backups of a machine are due next")
    @APIResponse(responseCode = "404", description = "There is no such machine")
    public List<Due> next(@PathParam("id") long id, @QueryParam("count") @DefaultValue("10") int count) {
        return schedules.next(id, Problems.between("count", count, 1, MOST_TIMES)).stream()
                .map(Due::new)
                .toList();
    }
}
