package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cranny.central.reliability.Heartbeats;
import org.cranny.central.upgrade.Orders;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Looks;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What systems saw that lend nothing. */
@Path("looks")
@Tag(name = "hosts")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.MONITOR, Roles.SOURCE})
public class LookResource {
    @Inject
    Heartbeats heartbeats;

    @Inject
    Orders orders;

    @Inject
    Caller caller;

    @POST
    @Operation(summary = "Takes looks at hosts, from a monitor that runs alone or a source whose transfers failed")
    public HeartbeatAnswer report(Looks looks) {
        return heartbeats
                .report(caller.system(), Problems.needed(looks))
                .withUpgrade(orders.hasNewsFor(caller.system().number()));
    }
}
