package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.List;
import org.cranny.central.job.Claims;
import org.cranny.central.job.Job;
import org.cranny.central.job.JobQuery;
import org.cranny.central.job.Jobs;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobPaths;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.job.ProgressAnswer;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs: people see and stop them, sources' agents carry them out. */
@Path("jobs")
@Tag(name = "jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    Jobs jobs;

    @Inject
    Claims claims;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "Jobs, newest first")
    public List<Job> list(
            @QueryParam("state") String state,
            @QueryParam("system") Long system,
            @QueryParam("after") Long after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        JobQuery query = new JobQuery(state(state), system, after, Problems.between("limit", limit, 1, LARGEST_PAGE));
        return jobs.list(query.within(caller.sight()));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "One job with its order, its progress and how it ended")
    @APIResponse(responseCode = "404", description = "There is no such job")
    public Job find(@PathParam("id") long id) {
        caller.requireSight(jobs.system(id));
        return jobs.find(id);
    }

    @GET
    @Gzipped
    @Path("{id}/paths")
    @RolesAllowed({Roles.SOURCE, Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(summary = "One page of a job's paths; a source sees its own")
    @APIResponse(responseCode = "404", description = "There is no such job, or it has no such page")
    public JobPaths paths(
            @PathParam("id") long id,
            @QueryParam("page") @DefaultValue("1") int page,
            @Context SecurityContext security) {
        if (security.isUserInRole(Roles.SOURCE)) {
            return claims.paths(caller.system(), id, page);
        }
        caller.requireSight(jobs.system(id));
        return jobs.paths(id, page);
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR})
    @Operation(summary = "Stops a job: a waiting one at once, a running one as soon as its agent has heard")
    public Job cancel(@PathParam("id") long id) {
        caller.requireSight(jobs.system(id));
        return jobs.cancel(caller.name(), id);
    }

    @POST
    @Path("claim")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.SOURCE)
    @Operation(summary = "Hands the calling agent its next job, or the one it had")
    @APIResponse(responseCode = "200", description = "The job; it must be reported on before the lease passes")
    @APIResponse(responseCode = "204", description = "There is nothing to do now")
    public JobOffer claim(JobClaim claim) {
        return claims.claim(caller.system(), Problems.needed(claim)).orElse(null);
    }

    @PUT
    @Path("{id}/progress")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.SOURCE)
    @Operation(summary = "Takes a report of a job that is being carried out, and renews its lease")
    @APIResponse(responseCode = "409", description = "CLAIM_PASSED")
    public ProgressAnswer progress(@PathParam("id") long id, JobProgress report) {
        return claims.progress(caller.system(), id, Problems.needed(report));
    }

    @POST
    @Path("{id}/result")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.SOURCE)
    @Operation(summary = "Takes how a job ended, or takes it back unfinished")
    @APIResponse(responseCode = "204", description = "It is on disk")
    @APIResponse(responseCode = "409", description = "CLAIM_PASSED")
    public void result(@PathParam("id") long id, JobResult result) {
        claims.result(caller.system(), id, Problems.needed(result));
    }

    private static JobState state(String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.ofField("state", "a state is one of " + Arrays.toString(JobState.values()))));
    }
}
