package org.cranny.central.authority;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/** Speaks for the realm: its certificate, its keys, its signatures. */
@ApplicationScoped
public class Authority {
    public RealmId realm() {
        throw new UnsupportedOperationException();
    }

    /** Central itself, number 1. */
    public SystemId central() {
        return new SystemId(realm(), 1);
    }

    /** The authority's certificate. */
    public X509Certificate certificate() {
        throw new UnsupportedOperationException();
    }

    /** The authority's certificate in PEM. */
    public String pem() {
        throw new UnsupportedOperationException();
    }

    /** SHA-256 of the authority's certificate (DER), hex. */
    public String fingerprint() {
        throw new UnsupportedOperationException();
    }

    /** The signed {@code RealmKeys}, base64url. */
    public String realmKeys() {
        throw new UnsupportedOperationException();
    }
}
