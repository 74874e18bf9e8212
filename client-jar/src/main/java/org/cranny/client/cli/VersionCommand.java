package org.cranny.client.cli;

import java.util.concurrent.Callable;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParentCommand;

@Command(name = "version", description = "Say which version this is.")
final class VersionCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() {
        cranny.screen()
                .line(
                        cranny.json()
                                ? JsonLine.of("version")
                                        .add("version", version())
                                        .add("java", java())
                                        .toString()
                                : line());
        return ExitCode.DONE.number();
    }

    static String version() {
        return String.valueOf(Main.class.getPackage().getImplementationVersion());
    }

    private static String java() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    }

    private static String line() {
        return "cranny " + version() + " on " + java();
    }

    /** The same for {@code cranny --version}. */
    static final class Line implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }
    }
}
