package org.cranny.central.reliability;

import jakarta.enterprise.context.ApplicationScoped;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.id.SystemId;

/** Takes the reports of hosts and tells them what they must know. */
@ApplicationScoped
public class Heartbeats {
    public HeartbeatAnswer report(SystemId host, Heartbeat heartbeat) {
        throw new UnsupportedOperationException();
    }
}
