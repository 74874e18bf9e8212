package org.cranny.protocol.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows one identity to every peer that can use its kind of key. The key stays as it is: a key store would stretch a
 * password for it, once to put it in and once to take it out, and every connection would wait for that.
 */
final class OwnKey extends X509ExtendedKeyManager {
    private final MachineIdentity identity;
    private final String kind;

    OwnKey(MachineIdentity identity) {
        this.identity = identity;
        kind = identity.chain().get(0).getPublicKey().getAlgorithm();
    }

    @Override
    public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
        return List.of(kinds).contains(kind) ? MachineIdentity.ALIAS : null;
    }

    @Override
    public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
        return this.kind.equals(kind) ? MachineIdentity.ALIAS : null;
    }

    @Override
    public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
        return chooseEngineClientAlias(kinds, issuers, null);
    }

    @Override
    public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(kind, issuers, null);
    }

    @Override
    public String[] getClientAliases(String kind, Principal[] issuers) {
        return aliases(kind);
    }

    @Override
    public String[] getServerAliases(String kind, Principal[] issuers) {
        return aliases(kind);
    }

    private String[] aliases(String wanted) {
        return kind.equals(wanted) ? new String[] {MachineIdentity.ALIAS} : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.key();
    }
}
