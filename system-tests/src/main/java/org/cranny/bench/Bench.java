package org.cranny.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cranny.cluster.Cluster;
import org.cranny.cluster.ClusterStatus;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands about a great realm have in common. Exit codes: 0 done, 1 failed, 2 wrong use. */
abstract class Bench implements Callable<Integer> {

    @Spec
    CommandLine.Model.CommandSpec spec;

    @Option(names = "--home", required = true, description = "folder of a cluster, as bin/cluster made it")
    Path home;

    /** Ends this process. */
    static void run(Bench command, String[] arguments) {
        System.exit(new CommandLine(command)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(line.getCommandName() + ": " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    ClusterStatus cluster() {
        return Cluster.at(Path.of(System.getProperty("cranny.root")), home, line -> {})
                .status();
    }
}
