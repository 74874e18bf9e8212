package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cranny.central.log.AuditLog;

/** Writes down who was refused what: each name and thing once an hour, so that nobody fills the log by asking. */
@ApplicationScoped
public class Refusals {
    private static final Duration APART = Duration.ofHours(1);
    private static final int REMEMBERED = 1_000;

    private final Map<String, Instant> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final AuditLog log;
    private final Clock clock;

    protected Refusals() {
        this(null, null);
    }

    @Inject
    Refusals(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param what was asked for, without names of files */
    public void note(String name, String what) {
        if (isNew(name + " " + what)) {
            log.append(name, "refused", what, "");
        }
    }

    private synchronized boolean isNew(String refusal) {
        Instant now = clock.instant();
        Instant before = written.get(refusal);
        if (before != null && Duration.between(before, now).abs().compareTo(APART) < 0) {
            return false;
        }
        written.put(refusal, now);
        return true;
    }
}
