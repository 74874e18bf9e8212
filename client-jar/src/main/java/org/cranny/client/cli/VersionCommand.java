package org.cranny.client.cli;

import java.util.concurrent.Callable;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "version", description = "Say which version this is.")
final class VersionCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() {
        String version = String.valueOf(Main.class.getPackage().getImplementationVersion());
        String java = System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
        cranny.screen()
                .line(
                        cranny.json()
                                ? JsonLine.of("version")
                                        .add("version", version)
                                        .add("java", java)
                                        .toString()
                                : "cranny " + version + " on " + java);
        return ExitCode.DONE.number();
    }
}
