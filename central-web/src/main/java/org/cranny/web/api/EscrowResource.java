package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cranny.central.escrow.Escrow;
import org.cranny.protocol.enrollment.DepositLine;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sealed keys, for the day a machine is lost. */
@Path("escrow")
@Tag(name = "backup")
@RequestScoped
@RolesAllowed(Roles.SOURCE)
public class EscrowResource {
    @Inject
    Escrow escrow;

    @Inject
    Caller caller;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "When the caller deposited which generation, oldest first")
    public List<DepositLine> deposits() {
        return escrow.deposits(caller.system());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Keeps the caller's sealed key ring")
    public void deposit(EscrowDeposit deposit) {
        escrow.deposit(caller.system(), Problems.needed(deposit));
    }
}
