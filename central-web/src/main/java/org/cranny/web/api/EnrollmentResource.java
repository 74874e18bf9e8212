package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a machine joins. The token in the body is the proof, so nobody needs to be anybody yet. */
@Path("enrollments")
@Tag(name = "joining")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EnrollmentResource {
    @Inject
    Enrollments enrollments;

    @POST
    @PermitAll
    @Operation(summary = "Joins the realm with a token and a certificate request")
    @APIResponse(responseCode = "201", description = "The machine has joined; its certificate is in the answer")
    @APIResponse(responseCode = "403", description = "UNKNOWN_TOKEN or EXPIRED_TOKEN")
    public Response enroll(EnrollmentRequest request) {
        return Response.status(Response.Status.CREATED)
                .entity(enrollments.enroll(Problems.needed(request)))
                .build();
    }
}
