package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.cranny.central.database.Database;

/**
 * Passes on to later features what changed of hosts, once it is on disk, and of owners and of who was shut out, while it
 * is being written.
 */
@ApplicationScoped
public class News {
    private final Database database;
    private final Consumer<HostsChanged> hosts;
    private final Consumer<OwnerChanged> owners;
    private final Consumer<ShutOut> shutOut;

    protected News() {
        this(null, (Consumer<HostsChanged>) null, null, null);
    }

    @Inject
    public News(Database database, Event<HostsChanged> hosts, Event<OwnerChanged> owners, Event<ShutOut> shutOut) {
        this(database, (Consumer<HostsChanged>) hosts::fire, owners::fire, shutOut::fire);
    }

    public News(
            Database database, Consumer<HostsChanged> hosts, Consumer<OwnerChanged> owners, Consumer<ShutOut> shutOut) {
        this.database = database;
        this.hosts = hosts;
        this.owners = owners;
        this.shutOut = shutOut;
    }

    public void hostsChanged(String reason) {
        database.afterwards(() -> hosts.accept(new HostsChanged(reason)));
    }

    void ownerChanged(OwnerChanged changed) {
        owners.accept(changed);
    }

    void shutOut(ShutOut news) {
        shutOut.accept(news);
    }
}
