package org.cranny.central.timer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.cranny.central.database.Database;

/**
 * Lets one of several servers that share a database do what must be done once: their timers all fire. Times are those
 * of the servers' clocks; when these disagree, work is done twice or late, and the master file bears both.
 */
@ApplicationScoped
public class Turn {
    private final Database database;
    private final Clock clock;
    private final String self = UUID.randomUUID().toString();

    protected Turn() {
        this(null, null);
    }

    @Inject
    public Turn(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether another server has the turn now. */
    public boolean elsewhere(String name) {
        return database.read(entities -> !entities.createNativeQuery(
                        "select t.name from turn t where t.name = ? and t.holder <> ? and t.until_millis >= ?")
                .setParameter(1, name)
                .setParameter(2, self)
                .setParameter(3, clock.millis())
                .getResultList()
                .isEmpty());
    }

    /**
     * Takes the turn for so long, or keeps it.
     *
     * @return whether this server has it
     * @throws IllegalStateException when nobody can ever have it, because the database knows no such turn
     */
    public boolean take(String name, Duration time) {
        long now = clock.millis();
        return database.durably(entities -> {
            int taken = entities.createNativeQuery("update turn set holder = ?, until_millis = ?"
                            + " where name = ? and (holder = ? or until_millis < ?)")
                    .setParameter(1, self)
                    .setParameter(2, now + time.toMillis())
                    .setParameter(3, name)
                    .setParameter(4, self)
                    .setParameter(5, now)
                    .executeUpdate();
            if (taken == 0
                    && entities.createNativeQuery("select t.name from turn t where t.name = ?")
                            .setParameter(1, name)
                            .getResultList()
                            .isEmpty()) {
                throw new IllegalStateException("there is no turn '" + name + "'");
            }
            return taken == 1;
        });
    }
}
