package org.cranny.central.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** Tells later features what was asked and decided, while it is being written. */
@ApplicationScoped
public class ApprovalNews {
    private final Consumer<ApprovalAsked> asked;
    private final Consumer<ApprovalDecided> decided;

    protected ApprovalNews() {
        this((Consumer<ApprovalAsked>) null, null);
    }

    @Inject
    public ApprovalNews(Event<ApprovalAsked> asked, Event<ApprovalDecided> decided) {
        this((Consumer<ApprovalAsked>) asked::fire, decided::fire);
    }

    public ApprovalNews(Consumer<ApprovalAsked> asked, Consumer<ApprovalDecided> decided) {
        this.asked = asked;
        this.decided = decided;
    }

    void asked(Approval approval) {
        asked.accept(new ApprovalAsked(approval));
    }

    void decided(Approval approval) {
        decided.accept(new ApprovalDecided(approval));
    }
}
