package org.cranny.engine.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.cranny.protocol.http.PatientStream;
import org.cranny.protocol.http.TooLongException;

/**
 * One request whose octets go over a connection that blocks, which takes far less of the processor than Java's HTTP client
 * needs for the same octets (docs/adr/0067, 0075). May be sent again.
 *
 * @param tls one for each host, by which connections to it are told apart
 * @param file what is sent with PUT; null when something is asked for with GET
 * @param rate of the octets of the file, or of the answer when there is none
 */
record BlockingExchange(URI to, SSLSocketFactory tls, Map<String, String> headers, Path file, Throttle rate) {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int PIECE = 64 << 10;
    private static final int FIRST_REFUSAL = 400;

    static {
        // As many connections to one host stay open as are ever used at once.
        if (System.getProperty("http.maxConnections") == null) {
            System.setProperty("http.maxConnections", "16");
        }
    }

    /** @param key that whoever answered has proven to have */
    record Answer(int status, byte[] body, PublicKey key) {}

    /**
     * Sends, and reads the whole answer.
     *
     * @param patience until an answer begins; in its body, until something comes
     * @param most octets of an answer
     * @throws IOException also when the answer is unreadable ({@link ProtocolException}) or too long
     *     ({@link TooLongException}), or patience is at its end ({@link HttpTimeoutException})
     * @throws InterruptedException when this thread is stopped; nothing is sent any more then
     */
    Answer send(ExecutorService executor, Duration patience, int most) throws IOException, InterruptedException {
        Attempt attempt = new Attempt((int) Math.min(patience.toMillis(), Integer.MAX_VALUE), most);
        Future<Answer> answer = executor.submit(attempt);
        try {
            if (!attempt.answered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HttpTimeoutException("nothing came in " + patience.toSeconds() + " seconds");
            }
            return answer.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (!answer.isDone()) {
                attempt.giveUp();
            }
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof SocketTimeoutException) {
            HttpTimeoutException silent = new HttpTimeoutException(cause.getMessage());
            silent.initCause(cause);
            return silent;
        }
        if (cause instanceof IOException broken) {
            return broken;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return unreadable(cause);
    }

    private static ProtocolException unreadable(Throwable cause) {
        ProtocolException unreadable = new ProtocolException("the answer is unreadable");
        unreadable.initCause(cause);
        return unreadable;
    }

    private final class Attempt implements Callable<Answer> {
        private final CountDownLatch answered = new CountDownLatch(1);
        private final int silenceMillis;
        private final int most;
        private volatile HttpsURLConnection open;
        private volatile boolean givenUp;

        Attempt(int silenceMillis, int most) {
            this.silenceMillis = silenceMillis;
            this.most = most;
        }

        @Override
        public Answer call() throws IOException {
            HttpsURLConnection connection = connection();
            open = connection;
            boolean whole = false;
            try {
                requireWanted();
                connection.connect();
                PublicKey key = connection.getServerCertificates()[0].getPublicKey();
                if (file != null) {
                    write(connection);
                }
                int status = status(connection);
                answered.countDown();
                Answer answer = new Answer(status, body(connection), key);
                whole = true;
                return answer;
            } finally {
                answered.countDown();
                if (!whole) {
                    connection.disconnect();
                }
            }
        }

        private HttpsURLConnection connection() throws IOException {
            HttpsURLConnection made = (HttpsURLConnection) to.toURL().openConnection();
            made.setSSLSocketFactory(tls);
            made.setHostnameVerifier((name, session) -> true);
            made.setInstanceFollowRedirects(false);
            made.setConnectTimeout(CONNECT_MILLIS);
            made.setReadTimeout(silenceMillis);
            made.setUseCaches(false);
            headers.forEach(made::setRequestProperty);
            if (file != null) {
                made.setDoOutput(true);
                made.setRequestMethod("PUT");
                made.setFixedLengthStreamingMode(Files.size(file));
            }
            return made;
        }

        private void write(HttpsURLConnection connection) throws IOException {
            byte[] piece = new byte[PIECE];
            try (InputStream in = throttled(Files.newInputStream(file));
                    OutputStream out = connection.getOutputStream()) {
                for (int count = in.read(piece); count > 0; count = in.read(piece)) {
                    requireWanted();
                    out.write(piece, 0, count);
                }
            }
        }

        private InputStream throttled(InputStream octets) {
            return rate == Throttle.NONE ? octets : new ThrottledStream(octets, rate);
        }

        private static int status(HttpsURLConnection connection) throws IOException {
            try {
                int status = connection.getResponseCode();
                if (status < 0) {
                    throw unreadable(null);
                }
                return status;
            } catch (HttpRetryException asksWho) {
                return asksWho.responseCode();
            }
        }

        private byte[] body(HttpsURLConnection connection) throws IOException {
            try (InputStream in = connection.getResponseCode() < FIRST_REFUSAL
                    ? connection.getInputStream()
                    : connection.getErrorStream()) {
                if (in == null) {
                    return new byte[0];
                }
                InputStream patient = new PatientStream(in);
                return octets(file == null ? throttled(patient) : patient, connection.getContentLengthLong());
            } catch (HttpRetryException asksWho) {
                return new byte[0];
            }
        }

        /** @param announced octets; negative when nothing was said */
        private byte[] octets(InputStream in, long announced) throws IOException {
            if (announced > most) {
                throw new TooLongException(most);
            }
            if (announced < 0) {
                byte[] octets = in.readNBytes(most + 1);
                if (octets.length > most) {
                    throw new TooLongException(most);
                }
                return octets;
            }
            byte[] octets = new byte[(int) announced];
            if (in.readNBytes(octets, 0, octets.length) < octets.length) {
                throw new EOFException("the answer ended early");
            }
            return octets;
        }

        private void requireWanted() throws IOException {
            if (givenUp) {
                throw new IOException("given up");
            }
        }

        /** Whoever closes a connection may have to wait for whoever reads from it, so that is another thread. */
        void giveUp() {
            givenUp = true;
            HttpsURLConnection connection = open;
            if (connection != null) {
                HostRequests.daemonThread(connection::disconnect).start();
            }
        }
    }
}
