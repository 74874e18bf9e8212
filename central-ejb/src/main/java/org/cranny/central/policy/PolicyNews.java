package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.cranny.central.database.Database;

/** Passes on to later features what changed, once it is on disk; what is due and what is kept, while it is written. */
@ApplicationScoped
public class PolicyNews {
    private final Database database;
    private final Consumer<PolicyChanged> changed;
    private final Consumer<BackupDue> due;
    private final Consumer<RetentionChanged> retention;

    protected PolicyNews() {
        this(null, (Consumer<PolicyChanged>) null, null, null);
    }

    @Inject
    public PolicyNews(
            Database database, Event<PolicyChanged> changed, Event<BackupDue> due, Event<RetentionChanged> retention) {
        this(database, (Consumer<PolicyChanged>) changed::fire, due::fire, retention::fire);
    }

    public PolicyNews(
            Database database,
            Consumer<PolicyChanged> changed,
            Consumer<BackupDue> due,
            Consumer<RetentionChanged> retention) {
        this.database = database;
        this.changed = changed;
        this.due = due;
        this.retention = retention;
    }

    void changed(PolicyChanged news) {
        database.afterwards(() -> changed.accept(news));
    }

    void retention(RetentionChanged news) {
        retention.accept(news);
    }

    void due(BackupDue backup) {
        due.accept(backup);
    }
}
