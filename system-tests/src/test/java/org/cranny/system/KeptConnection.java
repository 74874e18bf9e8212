package org.cranny.system;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/** One TLS connection of a machine, made once and asked over and over: what was let in when it was made stays let in there. */
final class KeptConnection implements AutoCloseable {
    /** The server waits for 30 seconds for the body that it expects of an {@code Upgrade}, and answers then. */
    private static final int ANSWER_MILLIS = 40_000;

    private static final int SILENCE_MILLIS = 3_000;

    private final SSLSocket socket;
    private final String authority;

    private KeptConnection(SSLSocket socket, String authority) {
        this.socket = socket;
        this.authority = authority;
    }

    static KeptConnection of(Path home, URI server) throws IOException {
        char[] password =
                Files.readString(home.resolve("identity.password")).strip().toCharArray();
        MachineIdentity identity = MachineIdentity.load(home.resolve("identity.p12"), password);
        SSLSocket socket = (SSLSocket) MutualTls.context(identity, peer -> true)
                .getSocketFactory()
                .createSocket(server.getHost(), server.getPort());
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.startHandshake();
        return new KeptConnection(socket, server.getAuthority());
    }

    /**
     * @param status 0 when the other side ended the connection before it answered
     * @param type of its content, or empty
     * @param last whether it takes no other request on this connection
     */
    record Answer(int status, String type, String body, boolean last) {}

    /** @return the status; 0 when the other side ended the connection before it answered */
    int get(String path) {
        return ask(
                        "GET",
                        ("GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII))
                .status();
    }

    String authority() {
        return authority;
    }

    /** Sends these octets, whatever they are, and reads one answer as to a request of that method; of events the beginning. */
    Answer ask(String method, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            return answered(method.equals("HEAD"));
        } catch (EOFException | java.net.SocketException | javax.net.ssl.SSLException ended) {
            return new Answer(0, "", "", true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param ended whether the other side ended the connection, rather than waiting for more */
    record Said(String text, boolean ended) {}

    /** Sends these octets and no more, and reads whatever comes until there is silence. */
    Said say(byte[] octets) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException refused) {
            // It took no more of them; what it said before that counts.
        }
        boolean ended = copyToTheEnd(socket.getInputStream(), text);
        return new Said(text.toString(StandardCharsets.ISO_8859_1), ended);
    }

    /** @return whether the other side ended the connection, rather than falling silent */
    private boolean copyToTheEnd(InputStream in, ByteArrayOutputStream all) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            in.transferTo(all);
            return true;
        } catch (SocketTimeoutException waits) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** What has no length and no chunks ends with the connection (RFC 9112, section 6.3), as to every {@code Upgrade}. */
    private Answer answered(boolean headersAlone) throws IOException {
        InputStream in = socket.getInputStream();
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = -1;
        boolean chunked = false;
        boolean last = false;
        String type = "";
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.equals("transfer-encoding: chunked");
            last |= lower.equals("connection: close");
            if (lower.startsWith("content-type:")) {
                type = lower.substring(13).strip();
            }
        }
        boolean endless = type.startsWith("text/event-stream");
        if (status < 200) {
            return answered(headersAlone);
        }
        if (headersAlone || endless) {
            return new Answer(status, type, "", last || endless);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (!chunked) {
            boolean toTheEnd = length < 0 && status != 204 && status != 304;
            if (toTheEnd) {
                copyToTheEnd(in, body);
            } else {
                body.write(in.readNBytes(Math.max(0, length)));
            }
            return new Answer(status, type, body.toString(StandardCharsets.UTF_8), last || toTheEnd);
        }
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return new Answer(status, type, body.toString(StandardCharsets.UTF_8), last);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
