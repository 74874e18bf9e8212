package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cranny.central.upgrade.ProgramLine;
import org.cranny.central.upgrade.Programs;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which version runs where. */
@Path("inventory")
@Tag(name = "upgrades")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class InventoryResource {
    @Inject
    Programs programs;

    @GET
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR, Roles.HELPDESK})
    @Operation(summary = "Every program that reported, by system, with the newest version that central has for it")
    public List<ProgramLine> all() {
        return programs.all();
    }
}
