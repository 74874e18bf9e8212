package org.cranny.system;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Passes octets on between two machines over TCP, and late, or none any more, or breaks connections off. */
final class Middleman implements AutoCloseable {
    private static final int AT_ONCE = 64 << 10;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger resetsLeft = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicLong passed = new AtomicLong();
    private volatile long resetAfter;
    private volatile long lateMillis;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    private Middleman(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /** @param address of this machine, where it listens, at a port of its choice */
    static Middleman before(InetSocketAddress server, String address) throws IOException {
        Middleman middleman = new Middleman(new ServerSocket(0, 100, InetAddress.getByName(address)), server);
        middleman.begin(middleman::accept);
        return middleman;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Octets, both ways. */
    long passed() {
        return passed.get();
    }

    int resets() {
        return resets.get();
    }

    /** The next so many connections are reset when so many octets went one way. */
    void resets(int connections, long octets) {
        resetAfter = octets;
        resetsLeft.set(connections);
    }

    /** Every piece of 64 KiB at most. */
    void isLate(long millis) {
        lateMillis = millis;
    }

    /** Connections stay, and nothing comes. */
    void fallsSilent() {
        silence = new CountDownLatch(1);
    }

    void speaksAgain() {
        silence.countDown();
    }

    private void accept() throws IOException {
        while (over.getCount() > 0) {
            Socket client = listener.accept();
            open.add(client);
            begin(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        Socket there = new Socket(server.getAddress(), server.getPort());
        open.add(there);
        begin(() -> passAll(client, there));
        passAll(there, client);
    }

    private void passAll(Socket from, Socket to) throws IOException, InterruptedException {
        try {
            pass(from, to);
        } catch (IOException broken) {
            from.close();
            to.close();
        }
    }

    private void pass(Socket from, Socket to) throws IOException, InterruptedException {
        byte[] octets = new byte[AT_ONCE];
        long sum = 0;
        InputStream in = from.getInputStream();
        for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
            silence.await();
            over.await(lateMillis, TimeUnit.MILLISECONDS);
            sum += count;
            passed.addAndGet(count);
            if (resetAfter > 0 && sum > resetAfter && resetsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                reset(from);
                reset(to);
                resets.incrementAndGet();
                return;
            }
            to.getOutputStream().write(octets, 0, count);
        }
        to.shutdownOutput();
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void begin(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException broken) {
                Thread.yield();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        speaksAgain();
        listener.close();
        for (Closeable each : open) {
            each.close();
        }
    }
}
