package org.cranny.client.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that takes the beginning of a pack and reads no more, or gives the beginning of one and no more. */
@Timeout(60)
class StalledHostTest {
    /** More than sockets keep. */
    private static final int LENGTH = 64 << 20;

    private static final int RANGE = 1 << 20;

    private static final int LOOKS = 40;

    private static final TestRealm REALM = new TestRealm();
    private static final MachineIdentity HOST = REALM.machine(2);

    @TempDir
    Path folder;

    @Test
    void whoSendsStopsAtOnceWhenTold() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Path pack = Files.write(folder.resolve("pack"), new byte[LENGTH]);
        try (SSLServerSocket listener = listener();
                HttpHosts hosts = new HttpHosts(REALM.machine(1), () -> "allotment", Limits.NONE)) {
            FutureTask<Long> taken = begin("host", () -> {
                try (Socket source = listener.accept()) {
                    InputStream in = source.getInputStream();
                    in.read();
                    begun.countDown();
                    stopped.await();
                    return rest(in);
                }
            });
            Host host = host(listener);
            assertStopsWhenTold(() -> hosts.put(host, name(), pack), begun, "SSLSocketOutputRecord");
            stopped.countDown();
            assertTrue(taken.get() < LENGTH, "the rest was sent all the same");
        }
    }

    @Test
    void whoReadsStopsAtOnceWhenTold() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (SSLServerSocket listener = listener();
                HttpHosts hosts = new HttpHosts(REALM.machine(1), () -> "allotment", Limits.NONE)) {
            begin("host", () -> {
                try (Socket source = listener.accept()) {
                    source.getOutputStream()
                            .write(("HTTP/1.1 206 Some\r\nContent-Length: " + RANGE + "\r\n\r\nbeginning")
                                    .getBytes(StandardCharsets.US_ASCII));
                    begun.countDown();
                    return rest(source.getInputStream());
                }
            });
            Host host = host(listener);
            assertStopsWhenTold(() -> hosts.read(host, name(), 0, RANGE), begun, "SSLSocketInputRecord");
        }
    }

    private static void assertStopsWhenTold(Callable<?> asking, CountDownLatch begun, String within) throws Exception {
        FutureTask<?> task = new FutureTask<>(asking);
        Thread asker = new Thread(task, "asker");
        asker.start();
        begun.await();
        awaitStandstill(within);
        asker.interrupt();
        Throwable failure = assertThrows(ExecutionException.class, () -> task.get(10, TimeUnit.SECONDS))
                .getCause();
        assertEquals(
                Reason.AWAY, assertInstanceOf(TransferException.class, failure).reason());
    }

    private static SSLServerSocket listener() throws IOException {
        SSLServerSocket listener = (SSLServerSocket) MutualTls.context(HOST, system -> true)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        return listener;
    }

    private static Host host(SSLServerSocket listener) {
        String address = "https://127.0.0.1:" + listener.getLocalPort();
        return new Host(2, "ws-2", address, 1, 1, 1, "always", "host:2", Host.State.ACCEPTING);
    }

    /** Until a thread was in the same call of the network at each of many looks. @param within where it is called from */
    private static void awaitStandstill(String within) {
        int same = 0;
        while (same < LOOKS) {
            boolean waits = Thread.getAllStackTraces().values().stream()
                    .anyMatch(stack -> stack.length > 0
                            && Stream.of("write0", "read0", "poll").anyMatch(stack[0].getMethodName()::equals)
                            && Stream.of(stack)
                                    .anyMatch(frame -> frame.getClassName().endsWith(within)));
            same = waits ? same + 1 : 0;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static long rest(InputStream in) {
        byte[] piece = new byte[1 << 16];
        long length = 0;
        try {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                length += count;
            }
        } catch (IOException reset) {
            return length;
        }
        return length;
    }

    private static FragmentId name() {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(new byte[LENGTH], 0, LENGTH);
        return hasher.finish();
    }

    private static <T> FutureTask<T> begin(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
