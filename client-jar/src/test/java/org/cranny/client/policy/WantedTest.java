package org.cranny.client.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.cranny.client.central.PolicyText;
import org.cranny.client.hook.Hooks;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.exclude.Excludes;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.transfer.Limits;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.policy.Policy.Bandwidth;
import org.cranny.protocol.policy.Policy.Hours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy of central becomes on a machine. */
class WantedTest {
    @TempDir
    Path folder;

    @Test
    void aPolicyBecomesABackup() throws Exception {
        Path here = Files.createDirectory(folder.toRealPath().resolve("here"));
        Wanted wanted = wanted("{'paths': ['" + here + "', '" + folder + "/not-here'], 'excludes': ['*.tmp'],"
                + " 'defaultExcludes': false, 'excludeCaches': true, 'excludeLargerThanBytes': 500, 'copies': 4,"
                + " 'compression': {'codec': 'xz', 'level': 2}}");
        BackupRequest request = wanted.request("ws", List.of("t"), false);
        assertEquals(1, request.paths().size());
        assertEquals(here, PathBytes.toPath(request.paths().get(0)));
        assertTrue(leavesOut(request.rules().excludes(), "a/b.tmp"));
        assertFalse(leavesOut(request.rules().excludes(), "proc/1"));
        assertTrue(request.rules().caches());
        assertEquals(500, request.rules().largestBytes());
        assertEquals(4, request.copies());
        assertEquals(2, request.compression().level());
    }

    @Test
    void anEmptyPolicyNamesNothing() throws Exception {
        Wanted wanted = wanted("{}");
        assertFalse(wanted.anything());
        assertThrows(IOException.class, () -> wanted.request("ws", List.of(), false));
        assertEquals(Hooks.NONE, wanted.hooks(List.of(folder)));
        assertEquals(Limits.NONE, wanted.limits(Clock.systemUTC()));
    }

    @Test
    void nothingThatIsHereIsOneClearLine() throws Exception {
        Wanted wanted = wanted("{'paths': ['/not/here']}");
        String message = assertThrows(IOException.class, () -> wanted.request("ws", List.of(), false))
                .getMessage();
        assertTrue(message.contains("/not/here"), message);
    }

    @Test
    void allDisksLeaveTheKernelsViewsEmpty() throws Exception {
        BackupRequest request = wanted("{'all': true}").request("ws", List.of(), false);
        assertEquals("/", PathBytes.printable(request.paths().get(0)));
        assertTrue(request.rules().closed().stream()
                .map(PathBytes::printable)
                .toList()
                .contains("/proc"));
        assertTrue(leavesOut(request.rules().excludes(), "home/anna/.cache/x"));
        assertEquals(Compression.USUAL, request.compression());
    }

    @Test
    void foldersAddExcludesOfTheirOwn() throws Exception {
        Excludes excludes = new Wanted(PolicyText.parse("{'tag':'t','policy':{'all':true,'excludes':['*.tmp']},"
                        .concat("'folders':[{'path':'/home/anna','excludes':['!*.tmp','/x']}],'due':[]}")
                        .replace('\'', '"')))
                .request("ws", List.of(), false)
                .rules()
                .excludes();
        assertTrue(leavesOut(excludes, "home/bert/a.tmp"));
        assertFalse(leavesOut(excludes, "home/anna/a.tmp"));
        assertTrue(leavesOut(excludes, "home/anna/x"));
    }

    @Test
    void hooksMustLieWhereTheMachinesPeoplePutThem() throws Exception {
        Path allowed = Files.createDirectory(folder.resolve("hooks"));
        Files.writeString(allowed.resolve("dump"), "");
        Files.writeString(folder.resolve("elsewhere"), "");
        Hooks hooks = wanted("{'hooks': {'pre': ['dump', '--all'], 'failure': 'go-on', 'timeoutSeconds': 5}}")
                .hooks(List.of(allowed));
        assertEquals(
                List.of(allowed.resolve("dump").toString(), "--all"),
                hooks.before().orElseThrow().command());
        assertEquals(5, hooks.before().orElseThrow().limit().toSeconds());
        assertTrue(hooks.goOn());
        for (String program : List.of(
                "sh", "/bin/sh", "../elsewhere", folder + "/elsewhere", "sub/../../elsewhere", ".", "..", "absent")) {
            Wanted wanted = wanted("{'hooks': {'pre': ['" + program + "']}}");
            IOException refused = assertThrows(IOException.class, () -> wanted.hooks(List.of(allowed)), program);
            assertTrue(refused.getMessage().contains("hooks"), refused.getMessage());
        }
        assertEquals(Hooks.NONE, wanted("{'hooks': {'pre': []}}").hooks(List.of(allowed)));
    }

    @Test
    void theHourOfTheWeekDecidesTheRate() {
        List<Hours> hours = List.of(
                new Hours(List.of("MON", "FRI"), "08:00", "18:00", 1_000L, null),
                new Hours(List.of("FRI"), "22:00", "06:00", 0L, null));
        Bandwidth bandwidth = new Bandwidth(5_000L, null, hours);
        assertEquals(1_000, rate(bandwidth, "2030-01-04T08:00:00Z"), "Friday morning");
        assertEquals(5_000, rate(bandwidth, "2030-01-04T18:00:00Z"), "Friday evening");
        assertEquals(0, rate(bandwidth, "2030-01-04T23:00:00Z"), "Friday night");
        assertEquals(0, rate(bandwidth, "2030-01-05T05:59:00Z"), "the same night");
        assertEquals(5_000, rate(bandwidth, "2030-01-05T06:00:00Z"));
        assertEquals(5_000, rate(bandwidth, "2030-01-05T23:00:00Z"), "Saturday night");
        assertEquals(5_000, rate(bandwidth, "2030-01-08T08:00:00Z"), "Tuesday");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertEquals(
                1_000,
                HourlyRate.upload(bandwidth, Clock.fixed(Instant.parse("2030-01-04T07:30:00Z"), berlin))
                        .getAsLong());
        assertEquals(
                0, HourlyRate.download(bandwidth, clock("2030-01-04T08:00:00Z")).getAsLong());
    }

    private static long rate(Bandwidth bandwidth, String now) {
        return HourlyRate.upload(bandwidth, clock(now)).getAsLong();
    }

    private static Clock clock(String now) {
        return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    }

    private static boolean leavesOut(Excludes excludes, String path) {
        return excludes.leavesOut(path.getBytes(StandardCharsets.UTF_8), false);
    }

    private static Wanted wanted(String policy) throws MalformedException {
        return new Wanted(PolicyText.parse(
                ("{'tag': 't', 'policy': " + policy + ", 'folders': [], 'due': []}").replace('\'', '"')));
    }
}
