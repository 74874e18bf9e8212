package org.cranny.client.desktop;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What goes over the socket: objects in JSON, one a line, and content of files between them. */
final class Lines {
    private static final int LONGEST = 1 << 20;

    private final SocketChannel channel;

    Lines(SocketChannel channel) {
        this.channel = channel;
    }

    /** Not by a stream: one that is read at the same time would hold it up. */
    synchronized void write(JsonObject object) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((object + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** A line, and as many octets behind it as it says. */
    synchronized void write(JsonObject object, byte[] octets, int from, int length) throws IOException {
        write(object);
        ByteBuffer rest = ByteBuffer.wrap(octets, from, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** @return null when there is none any more @throws IOException also when it is too long */
    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return null;
            }
            if (line.size() == LONGEST) {
                throw new IOException("A line on the agent's socket is too long.");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
