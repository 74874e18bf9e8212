package org.cranny.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Brings a cluster up: whatever can start at the same time does. Each step is on disk before the next. */
final class Raising {

    private final Layout layout;
    private final Ports ports;
    private final CentralProcess central;
    private final Consumer<String> progress;
    private State state;

    Raising(Layout layout, State state, Consumer<String> progress) {
        this.layout = layout;
        this.state = state;
        this.ports = state.ports();
        this.central = new CentralProcess(layout, ports, state.shortTimes());
        this.progress = progress;
    }

    State raise(int count, String quota) {
        launchCentral();
        if (count > 0) {
            prepareDaemons();
        }
        launch(idle(count).stream().filter(DaemonProcess::enrolled).toList());
        central.awaitReady(state.central());
        makeToken();
        List<DaemonProcess> fresh = idle(count);
        together(fresh, daemon -> enroll(daemon, quota));
        launch(fresh);
        together(all(count), daemon -> daemon.awaitReady(state.daemon(daemon.index())));
        central.awaitAccepting(state.fingerprint(), all(count));
        return state;
    }

    State raiseCentral() {
        launchCentral();
        central.awaitReady(state.central());
        return state;
    }

    State raiseDaemon(int index) {
        List<DaemonProcess> one = List.of(daemon(index));
        prepareDaemons();
        together(one, daemon -> enroll(daemon, ""));
        if (!alive(state.daemon(index))) {
            launch(one);
        }
        together(one, daemon -> daemon.awaitReady(state.daemon(index)));
        return state;
    }

    private void launchCentral() {
        if (!alive(state.central())) {
            progress.accept(
                    central.prepared()
                            ? "starting central"
                            : "making central and starting it (the first time in these sources takes a minute more)");
            central.prepare();
            save(state.withCentral(central.start()));
        }
    }

    private void prepareDaemons() {
        progress.accept("making daemons ready (the first time in these sources takes a minute more)");
        DaemonProcess.prepare(layout);
    }

    private void makeToken() {
        if (state.token().isEmpty()) {
            String fingerprint = central.fingerprint();
            save(state.withIdentity(fingerprint, central.freshToken(fingerprint)));
        }
    }

    private void enroll(DaemonProcess daemon, String quota) {
        if (!daemon.enrolled()) {
            progress.accept("enrolling " + daemon.name());
            daemon.enroll(state.token(), state.fingerprint(), quota, state.shortTimes());
        }
    }

    private void launch(List<DaemonProcess> daemons) {
        for (DaemonProcess daemon : daemons) {
            progress.accept("starting " + daemon.name());
            save(state.withDaemon(daemon.index(), daemon.start()));
        }
    }

    private List<DaemonProcess> idle(int count) {
        return all(count).stream()
                .filter(daemon -> !alive(state.daemon(daemon.index())))
                .toList();
    }

    private List<DaemonProcess> all(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(this::daemon).toList();
    }

    private DaemonProcess daemon(int index) {
        return new DaemonProcess(layout, ports, index);
    }

    private void save(State changed) {
        state = changed;
        state.write(layout.state());
    }

    static boolean alive(Running process) {
        return process != null && process.alive();
    }

    private static void together(List<DaemonProcess> daemons, Consumer<DaemonProcess> act) {
        List<CompletableFuture<Void>> acts = daemons.stream()
                .map(daemon -> CompletableFuture.runAsync(() -> act.accept(daemon), command -> {
                    Thread thread = new Thread(command, daemon.name());
                    thread.setDaemon(true);
                    thread.start();
                }))
                .toList();
        try {
            acts.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof ClusterException known ? known : e;
        }
    }
}
