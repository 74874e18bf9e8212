package org.cranny.engine.transfer;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.cranny.protocol.http.TooLongException;

/**
 * A file that is sent with PUT over a connection that blocks, which takes far less of the processor than Java's HTTP client
 * needs for the same octets (docs/adr/0067). May be sent again.
 *
 * @param tls one for each host, by which connections to it are told apart
 */
record Upload(URI to, SSLSocketFactory tls, Map<String, String> headers, Path file, Throttle rate) {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int PIECE = 64 << 10;
    private static final int FIRST_REFUSAL = 400;

    /** @param key that whoever answered has proven to have */
    record Answer(int status, byte[] body, PublicKey key) {}

    /**
     * Sends, and reads the whole answer.
     *
     * @param patience for all of it
     * @param most octets of an answer
     * @throws IOException also when the answer is unreadable ({@link ProtocolException}) or too long
     *     ({@link TooLongException}), or patience is at its end ({@link HttpTimeoutException})
     * @throws InterruptedException when this thread is stopped; nothing is sent any more then
     */
    Answer send(ExecutorService executor, Duration patience, int most) throws IOException, InterruptedException {
        Attempt attempt = new Attempt((int) Math.min(patience.toMillis(), Integer.MAX_VALUE), most);
        Future<Answer> answer = executor.submit(attempt);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("nothing came in " + patience.toSeconds() + " seconds");
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
                connection.connect();
                PublicKey key = connection.getServerCertificates()[0].getPublicKey();
                write(connection);
                Answer answer = new Answer(status(connection), body(connection), key);
                whole = true;
                return answer;
            } finally {
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
            made.setDoOutput(true);
            made.setRequestMethod("PUT");
            headers.forEach(made::setRequestProperty);
            made.setFixedLengthStreamingMode(Files.size(file));
            return made;
        }

        private void write(HttpsURLConnection connection) throws IOException {
            byte[] piece = new byte[PIECE];
            try (InputStream in = rate == Throttle.NONE
                            ? Files.newInputStream(file)
                            : new ThrottledStream(Files.newInputStream(file), rate);
                    OutputStream out = connection.getOutputStream()) {
                for (int count = in.read(piece); count > 0; count = in.read(piece)) {
                    if (givenUp) {
                        throw new IOException("given up");
                    }
                    out.write(piece, 0, count);
                }
            }
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
                byte[] octets = in == null ? new byte[0] : in.readNBytes(most + 1);
                if (octets.length > most) {
                    throw new TooLongException(most);
                }
                return octets;
            } catch (HttpRetryException asksWho) {
                return new byte[0];
            }
        }

        void giveUp() {
            givenUp = true;
            HttpsURLConnection connection = open;
            if (connection != null) {
                connection.disconnect();
            }
        }
    }
}
