package org.cranny.central.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.cranny.central.database.Database;

/** Tells later features that somebody asked, once it is on disk. */
@ApplicationScoped
public class ApprovalNews {
    private final Database database;
    private final Consumer<ApprovalAsked> listeners;

    protected ApprovalNews() {
        this(null, (Consumer<ApprovalAsked>) null);
    }

    @Inject
    public ApprovalNews(Database database, Event<ApprovalAsked> event) {
        this(database, (Consumer<ApprovalAsked>) event::fire);
    }

    public ApprovalNews(Database database, Consumer<ApprovalAsked> listeners) {
        this.database = database;
        this.listeners = listeners;
    }

    void asked(Approval approval) {
        database.afterwards(() -> listeners.accept(new ApprovalAsked(approval)));
    }
}
