package org.cranny.central.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;

/** Gives each source one turn at a time to commit. */
@ApplicationScoped
public class Leases {
    public Lease take(SystemId source, LeaseRequest request) {
        throw new UnsupportedOperationException();
    }

    public Lease renew(SystemId source, long epoch) {
        throw new UnsupportedOperationException();
    }

    public void release(SystemId source, long epoch) {
        throw new UnsupportedOperationException();
    }
}
