package org.cranny.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.enrollment.Renewals;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.RenewalChallenge;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a machine whose certificate expired comes back. Its signature is the proof, so it needs no certificate here. */
@Path("renewals")
@Tag(name = "joining")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RenewalResource {
    @Inject
    Renewals renewals;

    @POST
    @Path("challenge")
    @PermitAll
    @Operation(summary = "Something for a machine to sign, within five minutes")
    public RenewalChallenge challenge() {
        return renewals.challenge();
    }

    @POST
    @PermitAll
    @Operation(summary = "Gives a known machine a new certificate for the key that it has")
    @APIResponse(responseCode = "200", description = "Certificate, realm keys and, for a source, its allotment")
    @APIResponse(responseCode = "403", description = "NOT_ALLOWED or REVOKED")
    @APIResponse(responseCode = "429", description = "TOO_OFTEN")
    public Enrolled renew(RenewalRequest request) {
        return renewals.renew(Problems.needed(request));
    }
}
