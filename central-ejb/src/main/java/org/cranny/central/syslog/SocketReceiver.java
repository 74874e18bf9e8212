package org.cranny.central.syslog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A receiver at the other end of a connection, encrypted or not. Syslog has no receipts; so each batch has a connection
 * of its own, and has arrived when the receiver, having read its end, ends the connection too.
 */
record SocketReceiver(String host, int port, boolean encrypted, Optional<Path> authorities) implements Receiver {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public void give(List<SyslogMessage> messages) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            if (encrypted) {
                try (SSLSocket socket = secured(plain)) {
                    give(messages, socket);
                }
            } else {
                give(messages, plain);
            }
        }
    }

    private static void give(List<SyslogMessage> messages, Socket socket) throws IOException {
        OutputStream out = new BufferedOutputStream(socket.getOutputStream());
        for (SyslogMessage message : messages) {
            out.write(message.frame());
        }
        out.flush();
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
            // What a receiver says has no meaning; its end has.
        }
    }

    /** The receiver proves that it is the one with this name before anything is sent. */
    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters rules = socket.getSSLParameters();
        rules.setEndpointIdentificationAlgorithm("HTTPS");
        rules.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(rules);
        socket.startHandshake();
        return socket;
    }

    private SSLContext context() throws IOException {
        try {
            if (authorities.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            try (InputStream in = Files.newInputStream(authorities.get())) {
                for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    trusted.setCertificateEntry("authority" + number++, each);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cranny.syslog.authority-file has no certificate in it", e);
        }
    }
}
