package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.cranny.central.database.Database;

/** Passes on to later features what changed, once it is on disk, and what is due, while it is being written. */
@ApplicationScoped
public class PolicyNews {
    private final Database database;
    private final Consumer<PolicyChanged> changed;
    private final Consumer<BackupDue> due;

    protected PolicyNews() {
        this(null, (Consumer<PolicyChanged>) null, null);
    }

    @Inject
    public PolicyNews(Database database, Event<PolicyChanged> changed, Event<BackupDue> due) {
        this(database, (Consumer<PolicyChanged>) changed::fire, due::fire);
    }

    public PolicyNews(Database database, Consumer<PolicyChanged> changed, Consumer<BackupDue> due) {
        this.database = database;
        this.changed = changed;
        this.due = due;
    }

    void changed(PolicyChanged news) {
        database.afterwards(() -> changed.accept(news));
    }

    void due(BackupDue backup) {
        due.accept(backup);
    }
}
