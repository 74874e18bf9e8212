package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cranny.client.desktop.DesktopCalls;
import org.cranny.client.desktop.DesktopSocket;
import org.cranny.client.window.OwnersWindow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "window", description = "Open a window: how your backups are, your files, and the way back.")
final class WindowCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Option(
            names = "--agent",
            paramLabel = "SOCKET",
            description =
                    "Ask the agent that listens there, instead of opening the home (default: /run/cranny/agent.sock,"
                            + " where there is one and no home of your own).")
    private Path agent;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OwnersWindow.open(
                cranny.home(),
                agent(),
                new OwnersWindow.Me(MachineName.of(null), VersionCommand.version()),
                AgentCommand::judge);
        return ExitCode.DONE.number();
    }

    private Optional<Path> agent() {
        if (agent != null) {
            return Optional.of(agent);
        }
        boolean own = cranny.namesHome() || cranny.home().enrolled();
        return own || !new DesktopCalls(DesktopSocket.USUAL).there()
                ? Optional.empty()
                : Optional.of(DesktopSocket.USUAL);
    }
}
