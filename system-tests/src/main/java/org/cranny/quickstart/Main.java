package org.cranny.quickstart;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.cranny.cluster.Cluster;
import org.cranny.cluster.ClusterException;
import org.cranny.cluster.ClusterStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bin/quickstart}. Exit codes: 0 everything compares equal, 1 not, 2 wrong use. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a real central and three real daemons on this machine, backs FOLDER up, restores it to an empty"
                    + " folder, compares every byte and attribute, and stays up until Ctrl-C."
        })
public final class Main implements Callable<Integer> {

    private static final int DAEMONS = 3;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "what to back up (default: Cranny's own sources)")
    private Path folder;

    @Option(names = "--once", description = "stop everything at the end and exit")
    private boolean once;

    @Option(names = "--home", description = "where everything is kept (default: target/quickstart of the sources)")
    private Path home;

    @Option(names = "--port-base", defaultValue = "18000", description = "all ports are at or above it")
    private int portBase;

    private final Steps steps = new Steps(new PrintWriter(System.out, true));

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments));
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof ClusterException known) {
            command.getErr().println("quickstart: " + known.getMessage());
            return 1;
        }
        throw failure;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path root = Path.of(System.getProperty("cranny.root"));
        Path place = home == null ? root.resolve("target/quickstart") : home.toAbsolutePath();
        Walkthrough walkthrough = new Walkthrough(root, place, Subject.of(root, folder, place), steps);
        Cluster cluster = Cluster.at(root, place, steps::say);
        Thread stop = new Thread(() -> stop(cluster), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        ClusterStatus status = steps.timed("start", () -> cluster.up(DAEMONS, portBase));
        boolean equal = walkthrough.run(status);
        if (!once) {
            steps.say("Everything stays up until you press Ctrl-C.");
            new CountDownLatch(1).await();
        }
        return equal ? 0 : 1;
    }

    private void stop(Cluster cluster) {
        try {
            steps.timed("stop", () -> {
                cluster.down();
                return null;
            });
            steps.printTimes();
        } catch (ClusterException nothingToStop) {
            steps.say(nothingToStop.getMessage());
        }
    }
}
