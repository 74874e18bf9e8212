package org.cranny.protocol.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Back up what this source backs up usually: what its policy says, else what its newest snapshot was asked for.
 *
 * @param due when a schedule wanted it; null when a person did
 * @param reason for people, or null
 */
public record RunNowOrder(Instant due, String reason) implements JobOrder {
    static RunNowOrder read(OrderReader in) {
        return new RunNowOrder(in.instant("due"), in.text("reason", 200));
    }

    @Override
    public JobKind kind() {
        return JobKind.RUN_NOW;
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new HashMap<>();
        if (due != null) {
            document.put("due", due.toString());
        }
        if (reason != null) {
            document.put("reason", reason);
        }
        return document;
    }
}
