package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.cranny.central.brake.Expected;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;

/** What policies say is backed up of a source, and how often. */
@ApplicationScoped
public class PolicyExpectations implements Expected {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST = 1_440;

    private final Policies policies;
    private final Clock clock;

    protected PolicyExpectations() {
        this(null, null);
    }

    @Inject
    public PolicyExpectations(Policies policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public String selection(long source) {
        Effective effective = policies.effective(source);
        StringBuilder text = new StringBuilder(Documents.text(selecting(effective.policy())));
        for (EffectivePolicy.Folder folder : effective.folders()) {
            text.append('\n').append(Documents.object(folder));
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Policy selecting(Policy policy) {
        return new Policy(
                policy.paths(),
                policy.all(),
                policy.excludes(),
                policy.defaultExcludes(),
                policy.excludeCaches(),
                policy.excludeLargerThanBytes(),
                policy.oneFileSystem(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Override
    public long dueInADay(long source) {
        Policy.Schedule schedule = policies.effective(source).policy().schedule();
        if (schedule == null || schedule.times() == null) {
            return 0;
        }
        Instant now = clock.instant();
        return Times.of(schedule, source).upcoming(now.minus(DAY), MOST, now).size();
    }
}
