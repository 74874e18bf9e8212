package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;
import org.cranny.central.job.Job;
import org.cranny.central.job.Jobs;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobRequest;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Work that people want of a system. */
@Path("systems/{id}/jobs")
@Tag(name = "jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SystemJobsResource {
    @Inject
    Jobs jobs;

    @Inject
    Caller caller;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR})
    @Operation(summary = "Asks for a backup, a restore, a check, or the usual backup now")
    @APIResponse(responseCode = "201", description = "The job waits for the system's agent")
    @APIResponse(responseCode = "400", description = "The field says what cannot be meant")
    @APIResponse(responseCode = "404", description = "There is no such system")
    public Response order(@PathParam("id") long id, JobRequest request) {
        return created(jobs.order(caller.name(), id, Problems.needed(request), kinds()));
    }

    @POST
    @Largest(mebibytes = 80)
    @Consumes("application/x-ndjson")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR})
    @Operation(summary = "The same with a long list: the request on the first line, then one path a line, each as JSON")
    @APIResponse(responseCode = "201", description = "The job waits for the system's agent")
    public Response orderByLines(@PathParam("id") long id, InputStream lines) {
        return created(jobs.order(caller.name(), id, Problems.needed(lines), kinds()));
    }

    /** New keys are for administrators to order. */
    private Set<JobKind> kinds() {
        return caller.is(Roles.ADMINISTRATOR)
                ? EnumSet.allOf(JobKind.class)
                : EnumSet.of(JobKind.BACKUP, JobKind.RESTORE, JobKind.CHECK, JobKind.RUN_NOW);
    }

    private static Response created(Job job) {
        return Response.status(Response.Status.CREATED).entity(job).build();
    }
}
