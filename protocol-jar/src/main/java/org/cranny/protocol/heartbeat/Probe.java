package org.cranny.protocol.heartbeat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.cranny.protocol.heartbeat.Seen.Outcome;

/**
 * Looks once whether a daemon can be reached: a connection, a TLS handshake in which it proves to be the system that
 * is meant, and {@code GET /cranny/v1/status}. Monitors and central look in this one way, so that their looks may be
 * weighed against each other.
 */
public final class Probe {
    private static final int LONGEST_STATUS_LINE = 64;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    private Probe() {}

    /**
     * @param tls believes nobody but the system that is meant
     * @param address {@code https://host:port}
     * @param patience within which all of it must be done
     */
    public static Outcome look(SSLContext tls, String address, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null || uri.getPort() < 1) {
                return Outcome.REFUSED;
            }
            String host = uri.getHost().replaceAll("^\\[|\\]$", "");
            try (Impatient plain = new Impatient(deadline)) {
                plain.connect(new InetSocketAddress(host, uri.getPort()), plain.millisLeft());
                try (SSLSocket secure =
                        (SSLSocket) tls.getSocketFactory().createSocket(plain, host, uri.getPort(), true)) {
                    secure.startHandshake();
                    return ask(secure, uri.getRawAuthority());
                }
            }
        } catch (IllegalArgumentException e) {
            return Outcome.REFUSED;
        } catch (IOException e) {
            return failed(e);
        }
    }

    /** What a failed request to another system says of it. */
    public static Outcome failed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return Outcome.WRONG_IDENTITY;
            }
            if (cause instanceof SocketTimeoutException || cause instanceof java.net.http.HttpTimeoutException) {
                return Outcome.TIMED_OUT;
            }
        }
        return Outcome.REFUSED;
    }

    private static Outcome ask(SSLSocket secure, String authority) throws IOException {
        String request = "GET /cranny/v1/status HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n\r\n";
        secure.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        Matcher line = STATUS_LINE.matcher(firstLine(secure.getInputStream()));
        return line.matches() && works(Integer.parseInt(line.group(1))) ? Outcome.REACHED : Outcome.REFUSED;
    }

    /** A refusal is an answer; a server without its application, or one that fails, is not. */
    private static boolean works(int status) {
        return status < 500 && status != 404;
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet > 0 && octet != '\r' && octet != '\n'; octet = in.read()) {
            if (line.length() == LONGEST_STATUS_LINE) {
                break;
            }
            line.append((char) octet);
        }
        return line.toString();
    }

    /** A connection on which no read outlasts the deadline, however slowly the other side drips. */
    private static final class Impatient extends Socket {
        private final long deadline;

        Impatient(long deadline) {
            this.deadline = deadline;
        }

        int millisLeft() throws SocketTimeoutException {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left < 1) {
                throw new SocketTimeoutException("the time is over");
            }
            return (int) Math.min(Integer.MAX_VALUE, left);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    setSoTimeout(millisLeft());
                    return super.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    setSoTimeout(millisLeft());
                    return super.read(into, offset, length);
                }
            };
        }
    }
}
