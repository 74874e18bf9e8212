package org.cranny.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A whole realm on this machine: central and a number of daemons as separate processes that outlive their starter. Kills
 * are SIGKILL, daemons are counted from 1, and everything lies below one home folder. Each daemon is an enrolled host of
 * its own and so its own failure domain, although all of them share one machine.
 *
 * <p>Every act may be repeated: what already runs is left alone, what is down stays down. Two acts on one home wait for
 * each other. Errors: a {@link ClusterException} with one line that says what to do.
 */
public final class Cluster {

    static final int MOST_DAEMONS = 90;

    private static final Duration GENTLE = Duration.ofSeconds(20);

    private final Layout layout;
    private final Consumer<String> progress;

    private Cluster(Layout layout, Consumer<String> progress) {
        this.layout = layout;
        this.progress = progress;
    }

    /** @param repository root of the built sources @param home of this cluster @param progress told what happens */
    public static Cluster at(Path repository, Path home, Consumer<String> progress) {
        return new Cluster(new Layout(repository, home), progress);
    }

    /** {@link #up(int, int, String, boolean)} with the usual times, and daemons that lend whatever the disk leaves. */
    public ClusterStatus up(int count, int portBase) {
        return up(count, portBase, "", false);
    }

    /**
     * Starts what does not run of central and {@code count} daemons; returns when all of them take fragments.
     *
     * @param quota the most that each daemon enrolled now will lend, as {@code 20G}; empty for no limit but the disk
     * @param shortTimes whether a cluster that is made now forgets and deletes within seconds, as tests need it
     */
    public ClusterStatus up(int count, int portBase, String quota, boolean shortTimes) {
        return up(count, Ports.LOOPBACK, portBase, quota, shortTimes);
    }

    /** The same for machines of other networks too. @param address of this machine, where central and daemons listen */
    public ClusterStatus up(int count, String address, int portBase, String quota, boolean shortTimes) {
        if (count < 0 || count > MOST_DAEMONS) {
            throw new ClusterException("a cluster has 0 to " + MOST_DAEMONS + " daemons.");
        }
        makeHome();
        return locked(() -> {
            State known =
                    Files.exists(layout.state()) ? state() : State.fresh(new Ports(address, portBase), shortTimes);
            if (!known.ports().equals(new Ports(address, portBase))) {
                throw new ClusterException("the cluster in " + layout.home() + " has the address "
                        + known.ports().address() + " and the port base "
                        + known.ports().base() + ". Use those, or another --home.");
            }
            if (known.shortTimes() != shortTimes) {
                throw new ClusterException("the cluster in " + layout.home() + " was made "
                        + (known.shortTimes() ? "with" : "without")
                        + " --short-times. Do the same again, or use another --home.");
            }
            return describe(raising(known).raise(count, quota));
        });
    }

    /** What there is and what runs, now. */
    public ClusterStatus status() {
        return describe(state());
    }

    /** Stops everything gently, and what does not stop in time by force. */
    public void down() {
        locked(() -> {
            State state = state();
            List<Running> all = new ArrayList<>(state.daemons());
            all.add(state.central());
            progress.accept("stopping the cluster in " + layout.home());
            all.parallelStream().filter(Raising::alive).forEach(process -> process.stop(GENTLE));
            return null;
        });
    }

    public void killDaemon(int index) {
        locked(() -> {
            kill(state().daemon(index), "daemon " + index);
            return null;
        });
    }

    public ClusterStatus startDaemon(int index) {
        return locked(() -> describe(raising(state()).raiseDaemon(index)));
    }

    public void killCentral() {
        locked(() -> {
            kill(state().central(), "central");
            return null;
        });
    }

    public ClusterStatus startCentral() {
        return locked(() -> describe(raising(state()).raiseCentral()));
    }

    private static void kill(Running process, String name) {
        if (!Raising.alive(process)) {
            throw new ClusterException(name + " does not run. See: bin/cluster status");
        }
        process.kill();
    }

    private Raising raising(State state) {
        return new Raising(layout, state, progress);
    }

    private State state() {
        return State.read(layout.state());
    }

    private ClusterStatus describe(State state) {
        Ports ports = state.ports();
        List<ClusterStatus.Daemon> daemons = new ArrayList<>();
        for (int index = 1; index <= state.daemons().size(); index++) {
            DaemonProcess daemon = new DaemonProcess(layout, ports, index);
            daemons.add(new ClusterStatus.Daemon(
                    index, daemon.name(), ports.daemonUrl(index), pid(state.daemon(index)), daemon.home()));
        }
        return new ClusterStatus(
                new ClusterStatus.Central(
                        ports.peopleUrl(),
                        pid(state.central()),
                        layout.central(),
                        CentralProcess.ADMINISTRATOR,
                        new CentralProcess(layout, ports, state.shortTimes()).password()),
                state.fingerprint(),
                state.token(),
                daemons);
    }

    private static long pid(Running process) {
        return Raising.alive(process) ? process.pid() : 0;
    }

    private void makeHome() {
        try {
            Files.createDirectories(layout.home());
            Files.setPosixFilePermissions(layout.home(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new ClusterException("cannot make " + layout.home() + ": " + e.getMessage(), e);
        }
    }

    /** One act at a time; closing the file gives the lock back. */
    private <T> T locked(Supplier<T> act) {
        if (!Files.isDirectory(layout.home())) {
            throw new ClusterException(
                    "there is no cluster in " + layout.home() + ". Start one: bin/cluster up --home " + layout.home());
        }
        try (FileChannel channel =
                FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return act.get();
        } catch (IOException e) {
            throw new ClusterException("cannot lock " + layout.lock() + ": " + e.getMessage(), e);
        }
    }
}
