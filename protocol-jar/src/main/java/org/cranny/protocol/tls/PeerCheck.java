package org.cranny.protocol.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cranny.protocol.id.SystemId;

/**
 * Believes a peer when its certificate chains to the realm's authority and names the system that is expected.
 * Host names and addresses are not looked at: office addresses change, system ids do not.
 */
public final class PeerCheck extends X509ExtendedTrustManager {
    private static final int URI = 6;

    private final X509Certificate authority;
    private final String fingerprint;
    private final Predicate<SystemId> expected;

    public PeerCheck(X509Certificate authority, Predicate<SystemId> expected) {
        this(authority, null, expected);
    }

    private PeerCheck(X509Certificate authority, String fingerprint, Predicate<SystemId> expected) {
        this.authority = authority;
        this.fingerprint = fingerprint;
        this.expected = expected;
    }

    /**
     * Of an authority only the fingerprint is known; the peer shows its certificate, last in the chain.
     *
     * @param fingerprint SHA-256 of the authority's certificate, 64 lower-case hexadecimal digits
     */
    public static PeerCheck pinned(String fingerprint, Predicate<SystemId> expected) {
        return new PeerCheck(null, fingerprint, expected);
    }

    private X509Certificate authority(X509Certificate[] chain) throws CertificateException {
        if (authority != null) {
            return authority;
        }
        X509Certificate last = chain[chain.length - 1];
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(last.getEncoded());
            if (HexFormat.of().formatHex(digest).equals(fingerprint)) {
                return last;
            }
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException(e);
        }
        throw new CertificateException("the peer's authority is another one than the one that was meant");
    }

    /** The system that a certificate names. */
    public static SystemId systemOf(X509Certificate certificate) throws CertificateException {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (Integer.valueOf(URI).equals(name.get(0)) && ((String) name.get(1)).startsWith("cranny:")) {
                    return SystemId.ofUri((String) name.get(1));
                }
            }
        } catch (CertificateParsingException | IllegalArgumentException e) {
            throw new CertificateException("the certificate's system cannot be read", e);
        }
        throw new CertificateException("the certificate names no system");
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        X509Certificate anchor = authority(chain);
        List<X509Certificate> path = new ArrayList<>(Arrays.asList(chain));
        path.remove(anchor);
        if (path.isEmpty()) {
            throw new CertificateException("the peer presents the authority's own certificate");
        }
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the peer's certificate is not of this realm: " + e.getMessage(), e);
        }
        SystemId system = systemOf(path.get(0));
        if (!expected.test(system)) {
            throw new CertificateException("the peer is " + system + ", which was not expected here");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authority == null ? new X509Certificate[0] : new X509Certificate[] {authority};
    }
}
