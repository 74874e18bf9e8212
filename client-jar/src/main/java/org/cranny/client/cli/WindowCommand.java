package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cranny.client.desktop.DesktopCalls;
import org.cranny.client.desktop.DesktopSocket;
import org.cranny.client.window.Installed;
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

    @Option(names = "--view", hidden = true, defaultValue = "home")
    private String view;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OwnersWindow.open(
                cranny.home(),
                agent(),
                new OwnersWindow.Me(
                        MachineName.of(null), VersionCommand.version(), Installed.ofThis(arguments()), view),
                AgentCommand::judge);
        return ExitCode.DONE.number();
    }

    /** With which the same window is started again. */
    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (cranny.namesHome()) {
            arguments.addAll(List.of("--home", cranny.home().folder().toString()));
        }
        arguments.add("window");
        if (agent != null) {
            arguments.addAll(List.of("--agent", agent.toString()));
        }
        return arguments;
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
