package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** Knows every machine that ever joined the realm; a number is never given twice and a revocation is for ever. */
@ApplicationScoped
public class Systems {
    public Optional<Machine> find(long number) {
        throw new UnsupportedOperationException();
    }

    /** The machine with this number, when this is its key and it was not revoked; what a TLS handshake asks. */
    public Optional<Machine> admit(long number, PublicKey key) {
        throw new UnsupportedOperationException();
    }

    public List<Machine> all() {
        throw new UnsupportedOperationException();
    }

    /** Shuts a machine out for ever; doing it twice changes nothing. */
    public void revoke(long number, String actor, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Numbers of the machines that were shut out, ascending. */
    public List<Long> revoked() {
        throw new UnsupportedOperationException();
    }
}
