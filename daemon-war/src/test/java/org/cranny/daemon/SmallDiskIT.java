package org.cranny.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.daemon.status.Status;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Capacity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose home lies on a small file system of its own, which another process fills. */
class SmallDiskIT {
    private static final long DISK = 160L << 20;
    private static final TestRealm REALM = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final Member ALICE = REALM.member(50);

    private final Jsonb json = JsonbBuilder.create();
    private final HttpClient alice = RunningDaemon.client(REALM, ALICE, HOST);
    private final String right =
            REALM.sign(REALM.allotment(ALICE, 1L << 30, 1L << 30)).text();

    @TempDir
    private Path folder;

    @Test
    void lendsWhatIsReallyFreeAndLeavesNoTraceWhenFull() throws IOException, InterruptedException {
        Path disk = folder.resolve("disk");
        assumeTrue(mount(disk), "only root can mount a small file system");
        try {
            fill(disk, disk.resolve("home"));
        } finally {
            assertEquals(0, run("umount", disk.toString()));
        }
    }

    private void fill(Path disk, Path home) throws IOException, InterruptedException {
        String address = RunningDaemon.freeAddress();
        URI nobody = URI.create(RunningDaemon.freeAddress());
        REALM.home(home, HOST, new Settings("small", address, nobody, null, "20M"));
        try (RunningDaemon daemon = new RunningDaemon(home, address).start(alice)) {
            byte[] first = octets(1, 10 << 20);
            assertEquals(201, put(daemon, first).statusCode());
            Capacity before = capacity(daemon);
            assertTrue(before.diskBytes() < DISK);
            assertTrue(before.availableBytes() <= before.diskFreeBytes() - (20L << 20));
            int other = (int) (before.diskFreeBytes() - (25L << 20));
            Files.write(disk.resolve("somebody-else"), octets(2, other));
            Capacity after = capacity(daemon);
            assertTrue(after.diskFreeBytes() <= before.diskFreeBytes() - other);
            assertTrue(after.availableBytes() < 10 << 20);
            byte[] second = octets(3, 10 << 20);
            HttpResponse<String> refused = put(daemon, second);
            assertEquals(507, refused.statusCode(), refused.body());
            assertEquals(404, get(daemon, second).statusCode());
            assertNothingIncoming(home);
            assertArrayEquals(first, get(daemon, first).body());
            Files.delete(disk.resolve("somebody-else"));
            assertEquals(201, put(daemon, second).statusCode());
        }
    }

    private HttpResponse<String> put(RunningDaemon daemon, byte[] octets) throws IOException, InterruptedException {
        FragmentId id = FragmentHasher.of(octets);
        return RunningDaemon.send(alice, daemon.put(id, octets, right));
    }

    private HttpResponse<byte[]> get(RunningDaemon daemon, byte[] octets) throws IOException, InterruptedException {
        return RunningDaemon.fetch(alice, daemon.get(FragmentHasher.of(octets)));
    }

    private Capacity capacity(RunningDaemon daemon) throws IOException, InterruptedException {
        String body = RunningDaemon.send(alice, daemon.request("/v1/status")).body();
        return json.fromJson(body, Status.class).capacity();
    }

    private boolean mount(Path disk) throws IOException, InterruptedException {
        Path image = folder.resolve("image");
        Files.createDirectory(disk);
        return run("truncate", "-s", Long.toString(DISK), image.toString()) == 0
                && run("mkfs.ext4", "-q", "-m", "0", image.toString()) == 0
                && run("mount", "-o", "loop", image.toString(), disk.toString()) == 0;
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    private static void assertNothingIncoming(Path home) throws IOException {
        try (Stream<Path> parts = Files.list(home.resolve("incoming"))) {
            assertEquals(0, parts.count());
        }
    }

    private static byte[] octets(long seed, int length) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
