package org.cranny.central.device;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.Alerts;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;

/**
 * Sees to it that what devices upload is sealed and spread: at once, and again and again until it is. Each device is
 * worked on by one thread, {@value #AT_ONCE} devices at once; the others wait in the order in which they came.
 */
@ApplicationScoped
class Gateway {
    static final int AT_ONCE = 2;

    private static final Duration LONG = Duration.ofHours(1);

    private static final Logger LOGGER = Logger.getLogger(Gateway.class.getName());

    private final Spool spool;
    private final Sealing sealing;
    private final DeviceIdentities identities;
    private final Systems systems;
    private final Alerts alerts;
    private final Clock clock;
    private final Executor executor;
    private final Set<Long> queue = new LinkedHashSet<>();
    private final Set<Long> working = new LinkedHashSet<>();
    private final Map<Long, String> troubles = new HashMap<>();
    private final Map<Long, Boolean> late = new HashMap<>();

    @Resource
    private ManagedExecutorService container;

    protected Gateway() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    Gateway(Spool spool, Sealing sealing, DeviceIdentities identities, Systems systems, Alerts alerts, Clock clock) {
        this(spool, sealing, identities, systems, alerts, clock, null);
    }

    /** @param executor null for the server's */
    Gateway(
            Spool spool,
            Sealing sealing,
            DeviceIdentities identities,
            Systems systems,
            Alerts alerts,
            Clock clock,
            Executor executor) {
        this.spool = spool;
        this.sealing = sealing;
        this.identities = identities;
        this.systems = systems;
        this.alerts = alerts;
        this.clock = clock;
        this.executor = executor;
    }

    /** Something of this device waits. Returns at once. */
    void wake(long device) {
        synchronized (this) {
            queue.add(device);
        }
        hire();
    }

    /** Looks what waits, for one because central was restarted, and whose key ring has to go into escrow anew. */
    void round() {
        try {
            for (long device : spool.devices()) {
                List<Waiting> waiting = spool.waiting(device);
                if (!waiting.isEmpty()) {
                    wake(device);
                }
                tell(device, waiting);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (long device : identities.notInEscrow()) {
            try (DeviceKeys keys = identities.open(device)) {
                identities.follow(device, keys);
            }
        }
    }

    /** What waits for long is on one disk alone for long: people hear of it once, and when it is over. */
    private void tell(long device, List<Waiting> waiting) {
        Instant old = clock.instant().minus(LONG);
        boolean now = !waiting.isEmpty() && waiting.get(0).upload().received().isBefore(old);
        Boolean before = late.put(device, now);
        if (before != null && before == now) {
            return;
        }
        String subject = "system " + device;
        if (now) {
            String name = systems.find(device).map(Machine::name).orElse(subject);
            String detail = trouble(device).orElse(waiting.size() + " uploads wait");
            alerts.raise(AlertKind.UPLOADS_WAIT, subject, name, detail);
        } else {
            alerts.resolve(AlertKind.UPLOADS_WAIT, subject);
        }
    }

    /** Why what waits could not be spread at the last try. */
    synchronized Optional<String> trouble(long device) {
        return Optional.ofNullable(troubles.get(device));
    }

    private void hire() {
        Optional<Long> next = take();
        if (next.isEmpty()) {
            return;
        }
        try {
            (executor == null ? container : executor).execute(() -> work(next.get()));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.WARNING, "the server has no thread for uploads", e);
            end(next.get());
        }
    }

    private synchronized Optional<Long> take() {
        if (working.size() >= AT_ONCE) {
            return Optional.empty();
        }
        Optional<Long> next =
                queue.stream().filter(device -> !working.contains(device)).findFirst();
        next.ifPresent(device -> {
            queue.remove(device);
            working.add(device);
        });
        return next;
    }

    private void work(long device) {
        try {
            note(device, attempt(device));
        } finally {
            end(device);
            hire();
        }
    }

    private synchronized void end(long device) {
        working.remove(device);
    }

    private synchronized void note(long device, String trouble) {
        if (trouble == null) {
            troubles.remove(device);
        } else {
            troubles.put(device, trouble);
        }
    }

    /** @return what went wrong, or null */
    private String attempt(long device) {
        try {
            Optional<Machine> machine = systems.find(device).filter(each -> !each.revoked());
            if (machine.isPresent()) {
                sealing.seal(machine.get());
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "central was stopped meanwhile";
        } catch (IOException | ProblemException e) {
            LOGGER.log(Level.INFO, "uploads of device " + device + " could not be spread yet: " + e.getMessage());
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "uploads of device " + device + " could not be spread", e);
            return "central could not do this: its log says more";
        }
    }
}
