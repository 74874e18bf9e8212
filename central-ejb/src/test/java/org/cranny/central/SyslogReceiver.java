package org.cranny.central;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A receiver of syslog on loopback: reads messages behind their lengths until a connection ends, then ends it too. */
final class SyslogReceiver implements Closeable {
    final List<String> messages = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private volatile boolean broken;

    /** @param port 0 for any */
    SyslogReceiver(ServerSocketFactory sockets, int port) throws IOException {
        listener = sockets.createServerSocket(port, 10, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::serve, "receiver of syslog");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on a connection breaks off when a few octets were read. */
    void breakOff(boolean now) {
        broken = now;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket caller = listener.accept()) {
                read(caller);
            } catch (IOException e) {
                // This one is over; the next may be better.
            }
        }
    }

    private void read(Socket caller) throws IOException {
        InputStream in = caller.getInputStream();
        if (broken) {
            in.readNBytes(10);
            caller.setSoLinger(true, 0);
            return;
        }
        for (int length = length(in); length > 0; length = length(in)) {
            messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
    }

    /** The number before a message; 0 at the end. */
    private static int length(InputStream in) throws IOException {
        ByteArrayOutputStream digits = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != ' '; octet = in.read()) {
            digits.write(octet);
        }
        return digits.size() == 0 ? 0 : Integer.parseInt(digits.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
