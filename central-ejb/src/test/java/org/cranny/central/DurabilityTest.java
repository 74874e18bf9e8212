package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches the system calls of a JVM that commits: between a commit's begin and its acknowledgement the database's file is written and fsynced. */
class DurabilityTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");
    private static final Pattern CALL = Pattern.compile("(fsync|fdatasync|write|pwrite64)\\((\\d+)<([^>]*)>");
    private static final Pattern SAID = Pattern.compile("write\\(1<.*\"(committing|committed) (\\d+)\\\\n\"");

    @TempDir
    Path folder;

    @BeforeEach
    void needsStrace() {
        Assumptions.assumeTrue(Files.isExecutable(STRACE), "strace is not installed");
    }

    @Test
    void everyAcknowledgedCommitWasSyncedBefore() throws Exception {
        assertEquals(List.of(), unsynced(trace()));
    }

    @Test
    void withoutTheCheckpointNoCommitIsSynced() throws Exception {
        assertTrue(unsynced(trace("forgetful")).size() > AcknowledgedCommits.COMMITS / 2);
    }

    private List<String> trace(String... more) throws Exception {
        Path central = folder.resolve("central");
        Homes.make(folder.resolve("home"));
        Path calls = folder.resolve("calls");
        List<String> command = new ArrayList<>(List.of(
                STRACE.toString(),
                "-f",
                "--seccomp-bpf",
                "-y",
                "-s",
                "40",
                "-e",
                "trace=fsync,fdatasync,write,pwrite64",
                "-o",
                calls.toString()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AcknowledgedCommits.class.getName(),
                central.toString(),
                Databases.H2.freshAt(central),
                Homes.template.toString()));
        command.addAll(List.of(more));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), Files.readString(out));
        return Files.readAllLines(calls);
    }

    /** The commits between whose begin and acknowledgement the database's file was not written and then synced. */
    private static List<String> unsynced(List<String> calls) {
        List<String> unsynced = new ArrayList<>();
        int acknowledged = 0;
        boolean written = false;
        boolean synced = false;
        for (String call : calls) {
            Matcher said = SAID.matcher(call);
            Matcher done = CALL.matcher(call);
            if (said.find()) {
                if (said.group(1).equals("committed")) {
                    acknowledged++;
                    if (!synced) {
                        unsynced.add(said.group(2));
                    }
                }
                written = false;
                synced = false;
            } else if (done.find() && done.group(3).endsWith("central.mv.db")) {
                boolean sync = done.group(1).endsWith("sync");
                synced |= sync && written;
                written |= !sync;
            }
        }
        assertEquals(AcknowledgedCommits.COMMITS, acknowledged);
        return unsynced;
    }
}
