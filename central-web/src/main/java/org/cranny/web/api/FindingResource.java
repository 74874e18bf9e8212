package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.placement.Complaints;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.custody.FindingsAnswer;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What sources found wrong at hosts. */
@Path("findings")
@Tag(name = "backup")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SOURCE)
public class FindingResource {
    @Inject
    Complaints complaints;

    @Inject
    Caller caller;

    @POST
    @Operation(summary = "Copies of the caller's packs that are missing or wrong: they count no more")
    public FindingsAnswer hear(Findings findings) {
        return complaints.hear(caller.system(), Problems.needed(findings));
    }
}
