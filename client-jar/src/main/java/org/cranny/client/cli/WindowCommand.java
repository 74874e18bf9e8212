package org.cranny.client.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.window.OwnersWindow;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "window", description = "Open a window: how your backups are, your files, and the way back.")
final class WindowCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OwnersWindow.open(cranny.home(), MachineName.of(null), AgentCommand::judge);
        return ExitCode.DONE.number();
    }
}
