package org.cranny.daemon.identity;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.WeakHashMap;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.tls.PeerCheck;

/**
 * Says who calls, from the certificate chain that the listener saw. The listener refuses strangers already; this
 * looks again, so that a listener set up wrongly lets nobody in. A chain is checked once, its dates and the
 * revocation list at every request.
 */
public final class Callers {
    private final Realm realm;
    private final Issuers issuers;
    private final Clock clock;
    private final Map<X509Certificate, Caller> known = Collections.synchronizedMap(new WeakHashMap<>());

    public Callers(Realm realm, Issuers issuers, Clock clock) {
        this.realm = realm;
        this.issuers = issuers;
        this.clock = clock;
    }

    /**
     * @param chain own certificate first; null when none was shown
     * @throws ProblemException when the caller is no system of a realm that is trusted here, or shut out
     */
    public Caller identify(X509Certificate[] chain) {
        if (chain == null || chain.length == 0) {
            throw new ProblemException(ProblemKind.NOT_LOGGED_IN, "the caller shows no certificate");
        }
        try {
            Caller caller = known.get(chain[0]);
            if (caller == null) {
                caller = check(chain);
                known.put(chain[0], caller);
            }
            chain[0].checkValidity(Date.from(clock.instant()));
            if (!issuers.trusts(caller.system().realm())) {
                throw new CertificateException("realm " + caller.system().realm() + " is not trusted here any more");
            }
            if (!realm.holds(caller.system())) {
                return caller;
            }
            if (realm.revoked(caller.system())) {
                throw new ProblemException(ProblemKind.REVOKED, caller.system() + " was shut out of this realm");
            }
            if (realm.revokedKey(caller.keyFingerprint())) {
                throw new ProblemException(
                        ProblemKind.REVOKED, "another machine has taken the place of " + caller.system());
            }
            return caller;
        } catch (CertificateException e) {
            throw new ProblemException(ProblemKind.NOT_LOGGED_IN, "the certificate is not good: " + e.getMessage());
        }
    }

    private Caller check(X509Certificate[] chain) throws CertificateException {
        Caller caller = Caller.of(chain[0]);
        X509Certificate authority = issuers.authority(caller.system().realm())
                .orElseThrow(() ->
                        new CertificateException("realm " + caller.system().realm() + " is not trusted here"));
        new PeerCheck(authority, caller.system()::equals)
                .checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
        return caller;
    }
}
