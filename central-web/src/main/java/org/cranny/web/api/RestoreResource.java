package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.snapshot.Restores;
import org.cranny.protocol.snapshot.RestoreNotes;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What sources brought back by themselves. */
@Path("restores")
@Tag(name = "backup")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SOURCE)
public class RestoreResource {
    @Inject
    Restores restores;

    @Inject
    Caller caller;

    @POST
    @Operation(summary = "Restores that the caller made, for the log")
    public void hear(RestoreNotes notes) {
        restores.hear(caller.system(), Problems.needed(notes));
    }
}
