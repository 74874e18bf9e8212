package org.cranny.client.cli;

import java.io.PrintWriter;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Screen;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs the command that was typed and ends with its exit code. Never shows a stack trace unless asked to. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Screen screen = Screen.ofProcess();
        Interruption interruption = Interruption.watch(screen);
        int exitCode = run(screen, interruption, arguments);
        screen.out().flush();
        screen.err().flush();
        interruption.finished();
        System.exit(exitCode);
    }

    /** Runs one command and gives its exit code. */
    static int run(Screen screen, Interruption interruption, String... arguments) {
        Cranny cranny = new Cranny(screen);
        CommandLine line = new CommandLine(cranny);
        Commands.add(line, arguments);
        line.setUsageHelpLongOptionsMaxWidth(28)
                .setOut(new PrintWriter(screen.out(), true))
                .setParameterExceptionHandler((wrong, typed) -> report(cranny, interruption, mistyped(wrong)))
                .setExecutionExceptionHandler((thrown, command, parsed) -> failed(cranny, interruption, thrown));
        try {
            return line.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return failed(cranny, interruption, e);
        }
    }

    private static int failed(Cranny cranny, Interruption interruption, Throwable thrown) {
        if (cranny.debug() && !interruption.requested()) {
            thrown.printStackTrace(cranny.screen().err());
        }
        return report(cranny, interruption, Failure.of(thrown));
    }

    private static int report(Cranny cranny, Interruption interruption, Failure failure) {
        if (interruption.requested()) {
            return ExitCode.INTERRUPTED.number();
        }
        cranny.screen().out().flush();
        cranny.screen().errorLine(failure.shown());
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("error")
                            .add("kind", failure.kind())
                            .add("message", failure.line())
                            .add("exitCode", failure.exitCode())
                            .toString());
        }
        return failure.exitCode();
    }

    private static Failure mistyped(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String said = wrong.getMessage().replace('\n', ' ');
        String sentence = said.endsWith(".") ? said : said + ".";
        return new Failure("WRONG_USE", sentence + " See '" + command + " --help'.", ExitCode.WRONG_USE.number());
    }
}
