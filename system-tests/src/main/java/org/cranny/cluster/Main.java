package org.cranny.cluster;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bin/cluster}. Exit codes: 0 done, 1 failed, 2 wrong use. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Central and N daemons as separate processes on this machine, for experiments and tests.",
        subcommands = {
            Main.Up.class,
            Main.Status.class,
            Main.Down.class,
            Main.KillDaemon.class,
            Main.StartDaemon.class,
            Main.KillCentral.class,
            Main.StartCentral.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments));
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof ClusterException known) {
            command.getErr().println("cluster: " + known.getMessage());
            return 1;
        }
        throw failure;
    }

    /** What every command takes. */
    abstract static class Act implements Callable<Integer> {

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Option(names = "--home", required = true, description = "folder of the cluster")
        Path home;

        @Option(names = "--daemons", defaultValue = "3", description = "how many (up; default ${DEFAULT-VALUE})")
        int daemons;

        @Option(
                names = "--port-base",
                defaultValue = "18000",
                description = "all ports are at or above it (up; default ${DEFAULT-VALUE})")
        int portBase;

        @Option(
                names = "--quota",
                defaultValue = "",
                description = "the most that each daemon lends, as 20G (up; without it: what the disk leaves)")
        String quota;

        @Option(names = "--json", description = "print one JSON object (up, status)")
        boolean json;

        @Override
        public Integer call() {
            act(Cluster.at(Path.of(System.getProperty("cranny.root")), home, line -> spec.commandLine()
                    .getErr()
                    .println(line)));
            return 0;
        }

        abstract void act(Cluster cluster);

        void print(ClusterStatus status) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(status.toJson());
            } else {
                StatusTable.print(status, out);
            }
            out.flush();
        }
    }

    @Command(name = "up", description = "Start what does not run; return when everything takes fragments.")
    static final class Up extends Act {
        @Option(
                names = "--address",
                defaultValue = Ports.LOOPBACK,
                description = "where central and daemons listen, an address of this machine (default ${DEFAULT-VALUE})")
        String address;

        @Option(
                names = "--short-times",
                description = {
                    "for tests only: what is forgotten or pruned is gone for good within seconds, a prune may take"
                            + " everything, recoveries wait for nobody, and alerts are mailed to a port of this machine."
                            + " Decided when the cluster is made; without it: the product's own defaults"
                })
        boolean shortTimes;

        @Override
        void act(Cluster cluster) {
            print(cluster.up(daemons, address, portBase, quota, shortTimes));
        }
    }

    @Command(name = "status", description = "Show what there is and what runs.")
    static final class Status extends Act {
        @Override
        void act(Cluster cluster) {
            print(cluster.status());
        }
    }

    @Command(name = "down", description = "Stop everything; the homes stay.")
    static final class Down extends Act {
        @Override
        void act(Cluster cluster) {
            cluster.down();
        }
    }

    /** An act on one daemon. */
    abstract static class DaemonAct extends Act {
        @Parameters(index = "0", paramLabel = "I", description = "number of the daemon, from 1")
        int index;
    }

    @Command(name = "kill-daemon", description = "kill -9 daemon I.")
    static final class KillDaemon extends DaemonAct {
        @Override
        void act(Cluster cluster) {
            cluster.killDaemon(index);
        }
    }

    @Command(name = "start-daemon", description = "Start daemon I again; return when it is ready.")
    static final class StartDaemon extends DaemonAct {
        @Override
        void act(Cluster cluster) {
            print(cluster.startDaemon(index));
        }
    }

    @Command(name = "kill-central", description = "kill -9 central.")
    static final class KillCentral extends Act {
        @Override
        void act(Cluster cluster) {
            cluster.killCentral();
        }
    }

    @Command(name = "start-central", description = "Start central again; return when it is ready.")
    static final class StartCentral extends Act {
        @Override
        void act(Cluster cluster) {
            print(cluster.startCentral());
        }
    }
}
