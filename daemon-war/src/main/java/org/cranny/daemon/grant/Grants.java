package org.cranny.daemon.grant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Issuers;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;

/**
 * Judges grants: signed by the grant key of the caller's realm, for a source of that realm, for this daemon, this act, the key that the caller proved to have,
 * and not expired. Nobody is asked. What was moved under a grant is counted by its serial as long as it is valid, so
 * that it cannot move more than it says. A refusal is a line in the log. Thread-safe.
 */
public final class Grants {
    private static final Logger LOG = System.getLogger(Grants.class.getName());

    /** More valid grants at a time than any realm gives to one daemon. */
    private static final int MOST = 100_000;

    private final Issuers issuers;
    private final Identity identity;
    private final Clock clock;
    private final Map<String, Use> uses = new HashMap<>();

    private static final class Use {
        private final Instant expires;
        private long bytes;

        Use(Instant expires) {
            this.expires = expires;
        }
    }

    public Grants(Issuers issuers, Identity identity, Clock clock) {
        this.issuers = issuers;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * The grant that a request shows, when it is good.
     *
     * @param text signed, base64url
     * @throws ProblemException NO_GRANT
     */
    public Grant check(Caller caller, Act act, String text) {
        try {
            RealmId realm = caller.system().realm();
            Grant grant = Grant.open(Signed.parse(text), issuers.grantKey(realm));
            if (!grant.allows(act, identity.system(), caller.keyFingerprint(), clock.instant())) {
                throw refusal(caller, act, "it is for another act, daemon or holder, or not valid now: " + grant);
            }
            if (!grant.source().realm().equals(realm)) {
                throw refusal(caller, act, "it is for a source of another realm: " + grant);
            }
            return grant;
        } catch (MalformedException e) {
            throw refusal(caller, act, e.getMessage());
        }
    }

    /**
     * Counts octets before they are moved.
     *
     * @throws ProblemException NO_GRANT when the grant does not allow so many more; then nothing is counted
     */
    public void use(Caller caller, Grant grant, long bytes) {
        if (!count(grant, bytes)) {
            throw refusal(caller, grant.act(), "it is used up: " + grant);
        }
    }

    private synchronized boolean count(Grant grant, long bytes) {
        if (!uses.containsKey(grant.number())) {
            Instant now = clock.instant();
            uses.values().removeIf(use -> !now.isBefore(use.expires));
            if (uses.size() >= MOST) {
                return false;
            }
        }
        Use use = uses.computeIfAbsent(grant.number(), number -> new Use(grant.expires()));
        if (bytes > grant.bytes() - use.bytes) {
            return false;
        }
        use.bytes += bytes;
        return true;
    }

    private static ProblemException refusal(Caller caller, Act act, String why) {
        LOG.log(Level.WARNING, "refused a grant of {0} to {1}: {2}", caller.system(), act, why);
        return new ProblemException(ProblemKind.NO_GRANT, "the grant is not good: " + why);
    }
}
