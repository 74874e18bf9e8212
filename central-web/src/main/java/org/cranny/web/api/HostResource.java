package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cranny.central.reliability.HostReliability;
import org.cranny.central.reliability.Reliability;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Hosts, for people. */
@Path("hosts")
@Tag(name = "hosts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMINISTRATOR)
public class HostResource {
    @Inject
    Hosts hosts;

    @Inject
    Reliability reliability;

    @GET
    @Operation(summary = "Every host with its space, state and rating")
    public List<HostStatus> all() {
        return hosts.all();
    }

    @GET
    @Path("{id}/reliability")
    @Operation(summary = "How reliably a host can be reached: rating, its parts, its week, the last looks by whom")
    @APIResponse(responseCode = "404", description = "There is no such host")
    public HostReliability reliability(@PathParam("id") long id) {
        return reliability.of(id);
    }
}
