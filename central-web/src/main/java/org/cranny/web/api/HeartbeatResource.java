package org.cranny.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cranny.central.dump.DumpSpread;
import org.cranny.central.metrics.Tally;
import org.cranny.central.placement.Damages;
import org.cranny.central.reliability.Heartbeats;
import org.cranny.central.upgrade.Orders;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports of hosts. */
@Path("heartbeats")
@Tag(name = "hosts")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.HOST)
public class HeartbeatResource {
    @Inject
    Heartbeats heartbeats;

    @Inject
    Damages damages;

    @Inject
    DumpSpread dumps;

    @Inject
    Tally tally;

    @Inject
    Orders orders;

    @Inject
    Caller caller;

    @POST
    @Operation(summary = "Takes a host's report: its space, which peers it could reach, and what it found damaged")
    public HeartbeatAnswer report(Heartbeat heartbeat) {
        HeartbeatAnswer answer = heartbeats
                .report(caller.system(), Problems.needed(heartbeat))
                .withUpgrade(orders.hasNewsFor(caller.system().number()))
                .withDamages(damaged(caller.system().number(), heartbeat.damages()));
        tally.heartbeat();
        return answer;
    }

    private int damaged(long host, List<Damage> told) {
        int taken = damages.hear(host, told);
        dumps.damaged(host, told);
        return taken;
    }
}
