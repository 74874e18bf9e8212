package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.cranny.central.database.Database;

/** Passes news on to later features, once what it tells is on disk. */
@ApplicationScoped
public class News {
    private final Database database;
    private final Consumer<HostsChanged> listeners;

    protected News() {
        this(null, (Consumer<HostsChanged>) null);
    }

    @Inject
    public News(Database database, Event<HostsChanged> event) {
        this(database, (Consumer<HostsChanged>) event::fire);
    }

    public News(Database database, Consumer<HostsChanged> listeners) {
        this.database = database;
        this.listeners = listeners;
    }

    public void hostsChanged(String reason) {
        database.afterwards(() -> listeners.accept(new HostsChanged(reason)));
    }
}
