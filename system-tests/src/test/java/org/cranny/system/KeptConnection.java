package org.cranny.system;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return new KeptConnection(socket, server.getAuthority());
    }

    /** @param status 0 when the other side ended the connection before it answered */
    record Answer(int status, String body) {}

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

    /** Sends these octets, whatever they are, and reads one answer as to a request of that method. */
    Answer ask(String method, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            return answered(method.equals("HEAD"));
        } catch (EOFException | java.net.SocketException | javax.net.ssl.SSLException ended) {
            return new Answer(0, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answered(boolean headersAlone) throws IOException {
        InputStream in = socket.getInputStream();
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.equals("transfer-encoding: chunked");
        }
        if (headersAlone) {
            return new Answer(status, "");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (!chunked) {
            body.write(in.readNBytes(length));
            return new Answer(status, body.toString(StandardCharsets.UTF_8));
        }
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return new Answer(status, body.toString(StandardCharsets.UTF_8));
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
