package org.cranny.client.hook;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a command of the user prints, as a stream that comes to its end only when the command ended with 0. It is run as
 * it stands, with nothing on its standard input; what it says on standard error goes to the log line by line.
 */
public final class Producer extends FilterInputStream {
    private final String program;
    private final Process process;
    private final Thread errors;
    private final Thread ending = new Thread(this::destroy, "producer-ending");

    private Producer(String program, Process process, Consumer<String> log) {
        super(process.getInputStream());
        this.program = program;
        this.process = process;
        errors = new Thread(() -> Relay.lines(process.errorReader(StandardCharsets.UTF_8), program, log), "producer");
        errors.setDaemon(true);
        errors.start();
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /**
     * Starts a command.
     *
     * @param command the program and its arguments; no shell reads them
     * @param log hears what it says on standard error
     * @throws ProducerFailedException when it cannot be started
     */
    public static Producer start(List<String> command, Consumer<String> log) throws ProducerFailedException {
        String program = command.get(0);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            return new Producer(program, process, log);
        } catch (IOException e) {
            throw new ProducerFailedException(program, "could not be started (" + e.getMessage() + ")");
        }
    }

    /** @throws ProducerFailedException at the end, when the command did not end with 0 */
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read < 0) {
            requireSuccess();
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void requireSuccess() throws IOException {
        try {
            int code = process.waitFor();
            errors.join();
            if (code != 0) {
                throw new ProducerFailedException(program, "ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the backup was stopped");
        }
    }

    /** Ends the command and all that it started, if they still run. */
    @Override
    public void close() throws IOException {
        destroy();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException endingAnyway) {
            return;
        }
        super.close();
    }

    private void destroy() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
