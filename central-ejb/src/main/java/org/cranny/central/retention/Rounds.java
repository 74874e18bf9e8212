package org.cranny.central.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.brake.Brakes;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;

/** Forgets and prunes for one source after the other; one that fails holds up no other. */
@ApplicationScoped
public class Rounds {
    private static final Logger LOGGER = Logger.getLogger(Rounds.class.getName());

    private final Systems systems;
    private final Retention retention;
    private final Prune prune;
    private final Brakes brakes;

    protected Rounds() {
        this(null, null, null, null);
    }

    @Inject
    public Rounds(Systems systems, Retention retention, Prune prune, Brakes brakes) {
        this.systems = systems;
        this.retention = retention;
        this.prune = prune;
        this.brakes = brakes;
    }

    public void run() {
        brakes.lookAtAll();
        for (Machine machine : systems.all()) {
            if (machine.isSource()) {
                try {
                    retention.forget(machine.number(), "central");
                    prune.execute(machine.number());
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, "retention of system " + machine.number() + " did not work", e);
                }
            }
        }
    }
}
