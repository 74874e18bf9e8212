package org.cranny.central.authority;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.signing.Signed;

/**
 * The realm's own keys as central holds them while it runs. The escrow key is not among them: its private half lies
 * sealed, and nothing that central has opens it.
 */
record Realm(
        X509Certificate certificate,
        PrivateKey authorityKey,
        KeyPair grant,
        KeyPair masterFile,
        KeyPair catalogue,
        KeyPair browse,
        Signed realmKeys) {

    RealmId id() {
        return RealmId.of(certificate.getPublicKey());
    }

    @Override
    public String toString() {
        return "realm " + id();
    }
}
