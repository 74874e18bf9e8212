package org.cranny.client.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "resume", description = "End the pause: the agent goes on where it was.")
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException {
        Home home = cranny.home();
        home.configuration();
        boolean was = new OwnPause(home, Clock.systemUTC()).end();
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("pause")
                            .add("paused", false)
                            .add("was", was)
                            .toString());
        } else {
            cranny.say(was ? "The pause is over." : "It was not paused.");
        }
        return ExitCode.DONE.number();
    }
}
