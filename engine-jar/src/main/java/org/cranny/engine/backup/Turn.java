package org.cranny.engine.backup;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.VersionRange;

/**
 * This source's turn at central, renewed while a backup runs and given back at its end. When central is away there is
 * no turn, and the backup goes on without one.
 */
final class Turn implements AutoCloseable {
    private static final long RENEW_SECONDS = 40;

    private final Catalogue catalogue;
    private final Lease lease;
    private final BackupListener listener;
    private final ScheduledExecutorService renewal;

    private Turn(Catalogue catalogue, Lease lease, BackupListener listener) {
        this.catalogue = catalogue;
        this.lease = lease;
        this.listener = listener;
        renewal = lease == null ? null : Executors.newSingleThreadScheduledExecutor(Turn::daemonThread);
        if (renewal != null) {
            renewal.scheduleWithFixedDelay(this::renew, RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** @throws ProblemException when central refuses, for one because another backup of this source is running */
    static Turn take(Catalogue catalogue, Source source, BackupListener listener) throws IOException {
        try {
            return new Turn(catalogue, catalogue.lease(source.epoch(), source.attempt()), listener);
        } catch (CatalogueAwayException e) {
            listener.notice(e.getMessage() + " The backup goes on with what this machine knows of the hosts, and is"
                    + " committed later.");
            return new Turn(catalogue, null, listener);
        }
    }

    boolean taken() {
        return lease != null;
    }

    /** The lease's epoch, 0 without one. */
    long epoch() {
        return lease == null ? 0 : lease.epoch();
    }

    /** The newest version that central has, 0 when unknown. */
    long version() {
        return lease == null ? 0 : lease.version();
    }

    List<FragmentId> gone() {
        return lease == null || lease.goneSince() == null
                ? List.of()
                : lease.goneSince().stream().map(FragmentId::of).toList();
    }

    /** Versions that nobody can have again; nothing is known of them without a turn. */
    List<VersionRange> forgotten() {
        return lease == null ? List.of() : lease.forgotten();
    }

    private void renew() {
        try {
            catalogue.renew(lease.epoch());
        } catch (IOException | RuntimeException tryAgainLater) {
            listener.notice("The turn at central could not be renewed: " + tryAgainLater.getMessage());
        }
    }

    @Override
    public void close() {
        if (lease == null) {
            return;
        }
        renewal.shutdownNow();
        try {
            catalogue.release(lease.epoch());
        } catch (IOException | ProblemException itEndsByItself) {
            listener.notice("The turn at central ends in two minutes, because it could not be given back: "
                    + itEndsByItself.getMessage());
        }
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "turn");
        thread.setDaemon(true);
        return thread;
    }
}
