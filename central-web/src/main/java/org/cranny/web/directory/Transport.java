package org.cranny.web.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.Config;

/**
 * The way to a directory: TLS from the first octet ({@code ldaps}), or StartTLS before anything is said. Plain only to
 * this machine, and only when that was asked for.
 *
 * @param plain whether no TLS is wanted
 * @param authority who signs the directory's certificate (PEM); empty for Java's own authorities
 * @param pin SHA-256 of the directory's own certificate, hex, which then is the only one that is believed
 */
record Transport(LDAPURL url, boolean plain, Optional<Path> authority, Optional<String> pin) {
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "::1", "[::1]", "localhost");
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 5_000;

    Transport {
        if (plain && (isTls(url) || !THIS_MACHINE.contains(url.getHost()))) {
            throw new IllegalStateException(
                    "cranny.ldap.security=none is for a directory on this machine: write ldaps://… or leave it to StartTLS");
        }
    }

    static Transport embedded(int port) {
        return new Transport(url("ldap://127.0.0.1:" + port), true, Optional.empty(), Optional.empty());
    }

    static Transport read(Config config) {
        String security = DirectorySettings.text(config, "security", "tls");
        if (!Set.of("tls", "none").contains(security)) {
            throw new IllegalStateException("cranny.ldap.security is tls or none");
        }
        String url = DirectorySettings.text(config, "url", "");
        if (url.isEmpty()) {
            throw new IllegalStateException(
                    "cranny.ldap.url is not set: it is where the directory of people is, ldaps://host:port");
        }
        return new Transport(
                url(url),
                security.equals("none"),
                config.getOptionalValue("cranny.ldap.authority-file", String.class)
                        .map(Path::of),
                config.getOptionalValue("cranny.ldap.pin", String.class).map(PinnedCertificate::fingerprint));
    }

    private static LDAPURL url(String text) {
        try {
            LDAPURL url = new LDAPURL(text);
            if (!Set.of("ldap", "ldaps").contains(url.getScheme())) {
                throw new IllegalStateException("cranny.ldap.url begins with ldap:// or ldaps://");
            }
            return url;
        } catch (LDAPException e) {
            throw new IllegalStateException("cranny.ldap.url is no LDAP address: " + e.getMessage(), e);
        }
    }

    private static boolean isTls(LDAPURL url) {
        return url.getScheme().equals("ldaps");
    }

    /** A new connection, over which nothing was said yet, with a certificate that is for the host that was asked for. */
    LDAPConnection connect() throws LDAPException, GeneralSecurityException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(ANSWER_MILLIS);
        options.setFollowReferrals(false);
        if (plain) {
            return new LDAPConnection(SocketFactory.getDefault(), options, url.getHost(), url.getPort());
        }
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
        SSLContext tls = tls();
        if (isTls(url)) {
            return new LDAPConnection(tls.getSocketFactory(), options, url.getHost(), url.getPort());
        }
        LDAPConnection connection =
                new LDAPConnection(SocketFactory.getDefault(), options, url.getHost(), url.getPort());
        try {
            ResultCode answer = connection
                    .processExtendedOperation(new StartTLSExtendedRequest(tls))
                    .getResultCode();
            if (answer != ResultCode.SUCCESS) {
                throw new LDAPException(answer, "the directory refused StartTLS");
            }
            return connection;
        } catch (LDAPException e) {
            connection.close();
            throw e;
        }
    }

    private SSLContext tls() throws GeneralSecurityException {
        if (pin.isPresent()) {
            return new SSLUtil(new PinnedCertificate(pin.get())).createSSLContext();
        }
        return authority.isPresent()
                ? new SSLUtil(new PEMFileTrustManager(authority.get().toFile())).createSSLContext()
                : SSLContext.getDefault();
    }
}
