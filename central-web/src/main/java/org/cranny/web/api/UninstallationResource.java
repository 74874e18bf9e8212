package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.cranny.central.installation.Installations;
import org.cranny.central.installation.UninstallationRequest;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Programs that central takes off machines, over SSH. How far it is says {@link InstallationResource#one}. */
@Path("uninstallations")
@Tag(name = "joining")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class UninstallationResource {
    @Inject
    Installations installations;

    @Inject
    Caller caller;

    @POST
    @Largest(mebibytes = 4)
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Operation(summary = "Takes programs off machines that keep nothing of others; returns when it has begun")
    @APIResponse(responseCode = "202", description = "The installation, which goes on; ask for it to see how far it is")
    @APIResponse(responseCode = "400", description = "What cannot be meant is named; nothing was begun")
    public Response remove(UninstallationRequest request) {
        return Response.accepted(installations.remove(caller.name(), Problems.needed(request)))
                .build();
    }
}
