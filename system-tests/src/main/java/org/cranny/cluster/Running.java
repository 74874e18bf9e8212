package org.cranny.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that was started once and may have ended since. The instant of its start tells it from a later process that
 * got the same number.
 *
 * @param pid process id
 * @param started milliseconds since 1970
 */
record Running(long pid, long started) {

    static Running of(ProcessHandle handle) {
        return new Running(handle.pid(), startOf(handle));
    }

    boolean alive() {
        return ProcessHandle.of(pid)
                .filter(handle -> handle.isAlive() && startOf(handle) == started)
                .isPresent();
    }

    /** Ends it as a power cut would: at once, with nothing written any more (SIGKILL). */
    void kill() {
        if (alive()) {
            ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
            handle.destroyForcibly();
            awaitEnd(handle, Duration.ofSeconds(30));
        }
    }

    /** Asks it to end (SIGTERM), and kills it when it has not ended within the given time. */
    void stop(Duration patience) {
        if (alive()) {
            ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
            handle.destroy();
            if (!awaitEnd(handle, patience)) {
                kill();
            }
        }
    }

    private static boolean awaitEnd(ProcessHandle handle, Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while waiting for process " + handle.pid() + " to end.");
        }
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Starts a command in a session of its own, so that it outlives this one; its output goes to a file, and the file of the run before is kept beside it. */
    static Running start(List<String> command, Path folder, Path log, Map<String, String> environment) {
        List<String> detached = new ArrayList<>(command);
        detached.add(0, "setsid");
        try {
            Files.createDirectories(log.getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".before"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(detached)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(log.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            return Running.of(builder.start().toHandle());
        } catch (IOException e) {
            throw new ClusterException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }
}
