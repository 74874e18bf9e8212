package org.cranny.client.hook;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a hook: the environment of this process and more, nothing on standard input, what it prints goes to the log line
 * by line. When its time is up it and all that it started are ended.
 */
public final class HookRun {
    private static final Duration MERCY = Duration.ofSeconds(5);

    private HookRun() {}

    /**
     * Returns when the hook has ended with 0.
     *
     * @param name for messages: {@code pre} or {@code post}
     * @param environment added to this process's own
     * @param log hears what the hook prints
     * @throws HookFailedException when it cannot be started, ends with another code, or takes too long
     */
    public static void run(String name, Hook hook, Map<String, String> environment, Consumer<String> log)
            throws HookFailedException, InterruptedException {
        Process process = start(name, hook, environment, ProcessBuilder.Redirect.PIPE);
        try {
            Thread reader = new Thread(
                    () -> Relay.lines(process.inputReader(StandardCharsets.UTF_8), name + " hook", log),
                    "hook-" + name);
            reader.setDaemon(true);
            reader.start();
            boolean ended = process.waitFor(hook.limit().toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                throw new HookFailedException(
                        name, hook, "took longer than " + hook.limit().toSeconds() + " s");
            }
            reader.join(MERCY.toMillis());
            if (process.exitValue() != 0) {
                throw new HookFailedException(name, hook, "ended with " + process.exitValue());
            }
        } finally {
            end(process);
        }
    }

    /** Starts a hook when there is no time left to wait for it: it goes on by itself, and nothing hears it. */
    static void leave(String name, Hook hook, Map<String, String> environment) throws HookFailedException {
        start(name, hook, environment, ProcessBuilder.Redirect.DISCARD);
    }

    private static Process start(
            String name, Hook hook, Map<String, String> environment, ProcessBuilder.Redirect output)
            throws HookFailedException {
        ProcessBuilder builder = new ProcessBuilder(hook.command())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        builder.environment().put("CRANNY_HOOK", name);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new HookFailedException(name, hook, "could not be started (" + e.getMessage() + ")");
        }
    }

    private static void end(Process process) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(MERCY.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
