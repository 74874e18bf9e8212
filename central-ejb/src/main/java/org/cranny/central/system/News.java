package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.cranny.central.database.Database;

/** Passes on to later features what changed of hosts, once it is on disk, and of owners, while it is being written. */
@ApplicationScoped
public class News {
    private final Database database;
    private final Consumer<HostsChanged> hosts;
    private final Consumer<OwnerChanged> owners;

    protected News() {
        this(null, (Consumer<HostsChanged>) null, null);
    }

    @Inject
    public News(Database database, Event<HostsChanged> hosts, Event<OwnerChanged> owners) {
        this(database, (Consumer<HostsChanged>) hosts::fire, owners::fire);
    }

    public News(Database database, Consumer<HostsChanged> hosts, Consumer<OwnerChanged> owners) {
        this.database = database;
        this.hosts = hosts;
        this.owners = owners;
    }

    public void hostsChanged(String reason) {
        database.afterwards(() -> hosts.accept(new HostsChanged(reason)));
    }

    void ownerChanged(OwnerChanged changed) {
        owners.accept(changed);
    }
}
