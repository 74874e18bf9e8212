package org.cranny.cluster;

import java.io.IOException;
import java.time.Duration;
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
        return handle.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
    }

    /** Starts a command in a session of its own, so that it outlives this one; its output goes to a file. */
    static Running start(java.util.List<String> command, java.nio.file.Path folder, java.nio.file.Path log) {
        java.util.List<String> detached = new java.util.ArrayList<>(command);
        detached.add(0, "setsid");
        try {
            java.nio.file.Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(detached)
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectErrorStream(true)
                    .start();
            return Running.of(process.toHandle());
        } catch (IOException e) {
            throw new ClusterException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }
}
