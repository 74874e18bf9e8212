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
import java.util.Arrays;
import java.util.List;
import org.cranny.central.alert.Alert;
import org.cranny.central.alert.AlertState;
import org.cranny.central.alert.Alerts;
import org.cranny.central.alert.Channels;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is wrong, and whether people hear of it. */
@Path("alerts")
@Tag(name = "alerts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AlertResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Alerts alerts;

    @Inject
    Channels channels;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Alerts, newest first")
    public List<Alert> list(
            @QueryParam("state") String state,
            @QueryParam("after") Long after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return alerts.list(state(state), after, Problems.between("limit", limit, 1, LARGEST_PAGE));
    }

    @POST
    @Path("{id}/acknowledge")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Takes an alert on, which ends its reminders")
    @APIResponse(responseCode = "404", description = "There is no such alert")
    public Alert acknowledge(@PathParam("id") long id) {
        return alerts.acknowledge(id, caller.name());
    }

    @POST
    @Path("trial")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Sends a trial through each channel and says what came of it")
    public List<Channels.Trial> trial() {
        return channels.tryAll(caller.name());
    }

    private static AlertState state(String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(AlertState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.ofField("state", "a state is one of " + Arrays.toString(AlertState.values()))));
    }
}
