package org.cranny.central.recovery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** Tells later features that somebody asked, while it is being written. */
@ApplicationScoped
public class RecoveryNews {
    private final Consumer<RecoveryAsked> listeners;

    protected RecoveryNews() {
        this((Consumer<RecoveryAsked>) null);
    }

    @Inject
    public RecoveryNews(Event<RecoveryAsked> event) {
        this((Consumer<RecoveryAsked>) event::fire);
    }

    public RecoveryNews(Consumer<RecoveryAsked> listeners) {
        this.listeners = listeners;
    }

    void asked(Recovery recovery) {
        listeners.accept(new RecoveryAsked(recovery));
    }
}
