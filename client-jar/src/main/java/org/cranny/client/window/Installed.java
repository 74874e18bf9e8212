package org.cranny.client.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.release.Upgrading;

/**
 * The package from which this window would be started now. After an upgrade it is of another version than the one that
 * runs: central puts a new one beside it and changes a link, the machine's packages replace it in its place.
 */
public final class Installed {
    private static final Path BY_CENTRAL = Path.of("/opt/cranny");

    private final Path next;
    private final String running;
    private final List<String> arguments;

    Installed(Path next, String running, List<String> arguments) {
        this.next = next;
        this.running = running;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Of the program that runs here; empty where it did not come as a package, as with a link, which starts the newest one
     * by itself.
     *
     * @param arguments with which to start it again
     */
    public static Optional<Installed> ofThis(List<String> arguments) throws IOException {
        String named = System.getProperty(Upgrading.BASE, "");
        Path base = Path.of(named);
        if (named.isEmpty() || !Files.exists(version(base))) {
            return Optional.empty();
        }
        Path next = base.startsWith(BY_CENTRAL) ? BY_CENTRAL.resolve(base.getFileName()) : base;
        return Optional.of(new Installed(next, read(base), arguments));
    }

    private static Path version(Path base) {
        return base.resolve("VERSION");
    }

    private static String read(Path base) throws IOException {
        return Files.readString(version(base)).strip();
    }

    /** The version that is there and does not run; empty also while it is being replaced. */
    Optional<String> another() {
        try {
            String there = read(next);
            return there.isEmpty() || there.equals(running) ? Optional.empty() : Optional.of(there);
        } catch (IOException beingReplaced) {
            return Optional.empty();
        }
    }

    /** Starts what is there; this process goes on. @param view which one is shown first */
    void start(String view) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(next.resolve("bin/cranny").toString());
        command.addAll(arguments);
        command.addAll(List.of("--view", view));
        new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
