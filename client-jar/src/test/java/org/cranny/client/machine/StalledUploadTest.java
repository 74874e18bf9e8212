package org.cranny.client.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
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
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that takes the beginning of a pack and reads no more. */
@Timeout(60)
class StalledUploadTest {
    /** More than sockets keep. */
    private static final int LENGTH = 64 << 20;

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
        try (SSLServerSocket listener = (SSLServerSocket) MutualTls.context(HOST, system -> true)
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpHosts hosts = new HttpHosts(REALM.machine(1), () -> "allotment", Limits.NONE)) {
            listener.setNeedClientAuth(true);
            FutureTask<Long> taken = begin("host", () -> {
                try (Socket source = listener.accept()) {
                    InputStream in = source.getInputStream();
                    in.read();
                    begun.countDown();
                    stopped.await();
                    return rest(in);
                }
            });
            String address = "https://127.0.0.1:" + listener.getLocalPort();
            Host host = new Host(2, "ws-2", address, 1, 1, 1, "always", "host:2", Host.State.ACCEPTING);
            FutureTask<Signed> sending = new FutureTask<>(() -> hosts.put(host, name(), pack));
            Thread sender = new Thread(sending, "sender");
            sender.start();
            begun.await();
            awaitStandstill();
            sender.interrupt();
            Throwable failure = assertThrows(ExecutionException.class, () -> sending.get(10, TimeUnit.SECONDS))
                    .getCause();
            assertEquals(
                    Reason.AWAY,
                    assertInstanceOf(TransferException.class, failure).reason());
            stopped.countDown();
            assertTrue(taken.get() < LENGTH, "the rest was sent all the same");
        }
    }

    /** Until the thread that writes to the host was in the same write at each of many looks. */
    private static void awaitStandstill() {
        int same = 0;
        while (same < LOOKS) {
            boolean writes = Thread.getAllStackTraces().values().stream()
                    .anyMatch(stack -> stack.length > 0
                            && Stream.of("write0", "poll").anyMatch(stack[0].getMethodName()::equals)
                            && Stream.of(stack)
                                    .anyMatch(frame -> frame.getClassName().endsWith("SSLSocketOutputRecord")));
            same = writes ? same + 1 : 0;
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
