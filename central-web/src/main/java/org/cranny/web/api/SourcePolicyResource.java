package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.cranny.central.policy.Schedules;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What holds for the source that asks. */
@Path("policy")
@Tag(name = "backup")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SOURCE)
public class SourcePolicyResource {
    @Inject
    Schedules schedules;

    @Inject
    Caller caller;

    @GET
    @Operation(summary = "The caller's policy, and when its backups are due")
    @APIResponse(responseCode = "304", description = "It is what If-None-Match names")
    public Response get(@Context Request request) {
        EffectivePolicy policy = schedules.forSource(caller.system().number());
        EntityTag tag = new EntityTag(policy.tag());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return unchanged == null
                ? Response.ok(policy).tag(tag).build()
                : unchanged.tag(tag).build();
    }
}
