package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cranny.client.agent.Agent;
import org.cranny.client.agent.Ending;
import org.cranny.client.agent.Log;
import org.cranny.client.desktop.DesktopAnswers;
import org.cranny.client.desktop.DesktopSocket;
import org.cranny.client.guest.Senses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "agent", description = "Keep in touch with central and do what it asks for, until stopped.")
final class AgentCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 15;

    @ParentCommand
    private Cranny cranny;

    @Option(names = "--once", description = "Do what waits now, and end.")
    private boolean once;

    @Option(
            names = "--owner",
            paramLabel = "USER",
            defaultValue = "${env:CRANNY_OWNER:-}",
            description =
                    "The desktop user whom the agent answers on its socket (default: $CRANNY_OWNER, else nobody).")
    private String owner;

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            defaultValue = "/run/cranny/agent.sock",
            description = "Where it does (default: /run/cranny/agent.sock).")
    private Path socket;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!cranny.home().configuration().hasCentral()) {
            throw new WrongUseException("This realm has no central whose jobs an agent could do. Let cron or a timer of"
                    + " systemd run 'cranny backup'.");
        }
        CountDownLatch ended = new CountDownLatch(1);
        Thread patience = new Thread(() -> await(ended), "patience");
        Runtime.getRuntime().addShutdownHook(patience);
        try {
            Agent agent = new Agent(
                    cranny.home(),
                    new Log(cranny.screen().out(), Clock.systemUTC()),
                    AgentCommand::judge,
                    List.of(),
                    Senses.here());
            if (once) {
                agent.once();
            } else if (owner.isBlank()) {
                agent.run();
            } else {
                answering(agent);
            }
            return ExitCode.DONE.number();
        } finally {
            ended.countDown();
        }
    }

    private void answering(Agent agent) throws IOException, InterruptedException {
        DesktopAnswers answers = new DesktopAnswers(
                cranny.home(),
                Clock.systemDefaultZone(),
                failure -> judge(failure).exitCode(),
                failure -> judge(failure).line());
        try (DesktopSocket open = DesktopSocket.open(socket, owner, answers, line -> cranny.say("desktop: " + line))) {
            assert open != null;
            agent.run();
        }
    }

    static Ending judge(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        return new Ending(failure.exitCode(), failure.line());
    }

    /** Stopping takes longer than for other commands: central is told that the work is given back. */
    private static void await(CountDownLatch ended) {
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
