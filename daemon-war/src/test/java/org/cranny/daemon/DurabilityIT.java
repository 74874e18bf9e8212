package org.cranny.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.cranny.daemon.SystemCalls.Call;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.kill.KilledJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel sees of a put: an answer means that octets and name are on the disk. */
class DurabilityIT {
    private static final TestRealm REALM = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final Member ALICE = REALM.member(50);

    @TempDir
    private Path folder;

    @Test
    void forcesOctetsThenNameBeforeItAnswers() throws IOException, InterruptedException {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        String address = RunningDaemon.freeAddress();
        Path home = folder.resolve("home");
        REALM.home(home, HOST, new Settings("traced", address, URI.create(address), "100M", "1M"));
        HttpClient alice = RunningDaemon.client(REALM, ALICE, HOST);
        String right = REALM.sign(REALM.allotment(ALICE, 1L << 30, 1L << 30)).text();
        byte[] octets = new byte[2_000_000];
        new Random(1).nextBytes(octets);
        FragmentId id = FragmentHasher.of(octets);
        try (RunningDaemon daemon = new RunningDaemon(home, address).start(alice);
                SystemCalls noted = SystemCalls.of(daemon.pid(), folder.resolve("trace"))) {
            assertEquals(
                    201,
                    RunningDaemon.send(alice, daemon.put(id, octets, right)).statusCode());
            assertInOrder(noted.stop(), id);
        }
    }

    private static void assertInOrder(List<Call> calls, FragmentId id) {
        String fan = "/fragments/50/" + id.toString().substring(0, 2) + ">";
        Call octets = first(
                calls, call -> call.text().startsWith("fsync(") && call.text().contains(".part>"), -1);
        Call name = first(
                calls, call -> call.text().startsWith("rename") && call.text().contains(".part"), -1);
        Call folder = first(
                calls, call -> call.text().startsWith("fsync(") && call.text().contains(fan), -1);
        Predicate<Call> answering =
                call -> call.process().equals(name.process()) && call.text().contains("<socket:");
        Call answer = first(calls, answering, name.ended());
        assertTrue(octets.ended() < name.started(), "the octets were not forced before they got their name");
        assertTrue(name.ended() < folder.started(), "the folder was forced before the name stood in it");
        assertTrue(folder.ended() < answer.started(), "the answer left before the name was forced");
    }

    private static Call first(List<Call> calls, Predicate<Call> wanted, int after) {
        return calls.stream()
                .filter(call -> call.started() > after)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the call was never made; seen: " + calls));
    }
}
