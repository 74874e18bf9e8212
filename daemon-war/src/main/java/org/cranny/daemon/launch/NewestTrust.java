package org.cranny.daemon.launch;

import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes callers by the authorities that the trust file names now: a realm that is added counts from the next
 * connection on, and one that is taken out no more. Servers that this process calls are believed as at the start.
 * Thread-safe.
 */
final class NewestTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager first;
    private final Following<X509ExtendedTrustManager> callers;

    /** @param first for servers; for callers as long as the file cannot be read */
    NewestTrust(Path file, char[] password, X509ExtendedTrustManager first) {
        this.first = first;
        this.callers = new Following<>(file, path -> UsualTrust.read(path, password), first);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return callers.now().getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        callers.now().checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        callers.now().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        callers.now().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        first.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        first.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        first.checkServerTrusted(chain, type, engine);
    }
}
