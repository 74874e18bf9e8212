package org.cranny.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.cranny.protocol.fragment.FragmentHasher;

/** A put whose sender stops in the middle of the body and keeps the connection open. */
final class HalfPut implements AutoCloseable {
    private final SSLSocket socket;

    private HalfPut(SSLSocket socket) {
        this.socket = socket;
    }

    static HalfPut begin(SSLContext tls, RunningDaemon daemon, byte[] octets, String allotment) throws IOException {
        URI target = daemon.get(FragmentHasher.of(octets)).build().uri();
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(target.getHost(), target.getPort());
        String head = "PUT " + target.getPath() + " HTTP/1.1\r\nHost: daemon\r\nContent-Length: " + octets.length
                + "\r\nCranny-Allotment: " + allotment + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(octets, 0, octets.length / 2);
        out.flush();
        return new HalfPut(socket);
    }

    /** Waits until the daemon began to write. */
    void awaitPart(Path incoming) throws IOException, InterruptedException {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            incoming.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (isEmpty(incoming)) {
                watch.poll(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
