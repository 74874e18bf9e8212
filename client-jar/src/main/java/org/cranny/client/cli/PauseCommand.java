package org.cranny.client.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.cranny.client.guest.Held;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.report.JsonLine;
import org.cranny.protocol.job.AgentHold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "pause", description = "Let this machine's agent rest: it begins nothing, and gives back what it does.")
final class PauseCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long, for example 90m, 2h or 3d (default: until 'cranny resume', 7 days at most).")
    private Duration length = OwnPause.LONGEST;

    @Override
    public Integer call() throws IOException {
        Home home = cranny.home();
        home.configuration();
        OwnPause.Span span;
        try {
            span = new OwnPause(home, Clock.systemUTC()).begin(length);
        } catch (IllegalArgumentException tooLong) {
            throw new WrongUseException(tooLong.getMessage());
        }
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("pause")
                            .add("paused", true)
                            .add("until", span.until().toString())
                            .toString());
        } else {
            AgentHold hold = new AgentHold(AgentHold.PAUSED, span.since(), span.until());
            cranny.say(Held.sentence(hold, Clock.systemDefaultZone()));
        }
        return ExitCode.DONE.number();
    }
}
