package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.cranny.protocol.masterfile.Host;

/** Knows every host's space and state. */
@ApplicationScoped
public class Hosts {
    public List<HostStatus> all() {
        throw new UnsupportedOperationException();
    }

    /** Sets what an administrator wants of a host: ACCEPTING gives it back to the reports, DRAINING and QUARANTINED stay. */
    public void decide(long number, Host.State state, String actor) {
        throw new UnsupportedOperationException();
    }
}
