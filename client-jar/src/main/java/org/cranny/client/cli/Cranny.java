package org.cranny.client.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cranny.client.cli.admin.Common;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeBusyException;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Progress;
import org.cranny.client.report.Screen;
import org.cranny.engine.transfer.Limits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands share: where the home is, and how to speak. */
@Command(
        name = "cranny",
        description = "Backs this machine up into the free disk space of your company's machines.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionCommand.Line.class)
final class Cranny implements Runnable, Common {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final Screen screen;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of this machine's keys and memory (default: $CRANNY_HOME, or .cranny in your home).")
    private Path home;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON object a line (docs/reference/json.md).")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print problems only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more.")
    private boolean verbose;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where a failure came from.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what can be typed.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Say which version this is.")
    private boolean version;

    Cranny(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void run() {
        throw new WrongUseException("Say what to do, for example 'cranny backup /home'. See 'cranny --help'.");
    }

    @Override
    public Screen screen() {
        return screen;
    }

    @Override
    public boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    boolean debug() {
        return debug;
    }

    @Override
    public Home home() {
        if (home != null) {
            return Home.at(home);
        }
        String named = System.getenv("CRANNY_HOME");
        return Home.at(
                named != null && !named.isBlank()
                        ? Path.of(named)
                        : Path.of(System.getProperty("user.home"), ".cranny"));
    }

    /** As {@link #toRead(Machine, Limits)}, as fast as this machine's owner allows. */
    Backups toRead(Machine machine) throws IOException {
        return toRead(machine, Limits.NONE);
    }

    /**
     * Opens a machine's backups to read them. What changes its home just now, for example its agent, is waited for, half a
     * minute at most, and whoever waits is told.
     *
     * @throws HomeBusyException when the home is changed even then
     */
    Backups toRead(Machine machine, Limits limits) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (true) {
            try {
                return machine.toRead(limits);
            } catch (HomeBusyException busy) {
                if (System.nanoTime() - until > 0) {
                    throw home().agentRuns()
                            ? new HomeBusyException(busy.getMessage()
                                    + " If it is this machine's agent, 'cranny pause' has it let go, and 'cranny resume'"
                                    + " go on.")
                            : busy;
                }
                if (!told && !quiet) {
                    screen.errorLine("Waiting for the " + home().changer().orElse("change")
                            + " of this machine that is running, " + PATIENCE.toSeconds() + " s at most.");
                    told = true;
                }
                pause();
            }
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(ASK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Whether the home was named, so that no other one is meant. */
    boolean namesHome() {
        String named = System.getenv("CRANNY_HOME");
        return home != null || named != null && !named.isBlank();
    }

    @Override
    public Progress progress(String what) {
        return Progress.on(screen, what, json, quiet);
    }

    @Override
    public void say(String line) {
        if (!json && !quiet) {
            screen.line(line);
        }
    }
}
