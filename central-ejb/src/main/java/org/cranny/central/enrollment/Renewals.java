package org.cranny.central.enrollment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.enrollment.RenewalChallenge;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.ForgedException;
import org.cranny.protocol.signing.Signed;

/**
 * Gives a known machine a new certificate for the key that it has, however long ago the old one expired: it signs a
 * challenge. Never to one that was shut out or whose place another machine took; a machine gets one new certificate in a
 * day, or in a third of a certificate's life where that is shorter, and the same again when it asks again.
 */
@ApplicationScoped
public class Renewals {
    private static final Duration ONE_IN = Duration.ofDays(1);
    private static final int MOST_IN_A_MINUTE = 600;

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Authority authority;
    private final Settings settings;
    private final Clock clock;
    private final Challenges challenges;
    private final Turnstile turnstile;

    protected Renewals() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Renewals(
            Database database, AuditLog log, Systems systems, Authority authority, Settings settings, Clock clock) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.authority = authority;
        this.settings = settings;
        this.clock = clock;
        this.challenges = new Challenges(authority, clock);
        this.turnstile = new Turnstile(MOST_IN_A_MINUTE, clock);
    }

    /** What a machine signs. */
    public RenewalChallenge challenge() {
        return new RenewalChallenge(Base64.getUrlEncoder().withoutPadding().encodeToString(challenges.make()));
    }

    /**
     * The answer of an enrollment, with a new certificate.
     *
     * @throws ProblemException NOT_ALLOWED to a stranger, and when the challenge is old; REVOKED; TOO_OFTEN when more
     *     than 600 ask in a minute
     */
    public Enrolled renew(RenewalRequest request) {
        turnstile.pass();
        Signed signed = signed(request.renewal());
        Renewal renewal = claimed(signed);
        long number = renewal.system().number();
        Machine machine = systems.find(number)
                .filter(each -> renewal.system().realm().equals(authority.realm()))
                .orElseThrow(Renewals::stranger);
        PublicKey key = signer(signed, number);
        if (!challenges.isGood(renewal.challenge())) {
            throw new ProblemException(ProblemKind.NOT_ALLOWED, "the challenge is too old: ask for another one");
        }
        if (machine.revoked()) {
            throw new ProblemException(ProblemKind.REVOKED, "system " + number + " was shut out");
        }
        List<String> chain = database.durably(entities -> {
            systems.lock(number);
            if (systems.admit(number, key).isEmpty()) {
                throw new ProblemException(ProblemKind.REVOKED, "system " + number + " was shut out");
            }
            return authority
                    .issuedSince(number, key, clock.instant().minus(oneIn()))
                    .orElseGet(() -> issue(number, key));
        });
        SystemId id = new SystemId(authority.realm(), number);
        return new Enrolled(
                number,
                authority.realm().hex(),
                chain,
                authority.realmKeys(),
                settings.machinesUrl(),
                machine.isSource() ? authority.allot(id, key) : null);
    }

    /** Less than the time for which a certificate that has to be renewed was good. */
    private Duration oneIn() {
        Duration third = settings.certificateLife().dividedBy(3);
        return third.compareTo(ONE_IN) < 0 ? third : ONE_IN;
    }

    private List<String> issue(long number, PublicKey key) {
        String subject = "system " + number;
        List<String> chain = authority.issue(number, key);
        log.append(
                subject,
                "certificate renewed",
                subject,
                "good until " + clock.instant().plus(settings.certificateLife()));
        return chain;
    }

    /** The machine's key, when it signed this. */
    private PublicKey signer(Signed signed, long number) {
        List<PublicKey> keys = systems.signers(number);
        for (PublicKey key : keys) {
            if (isSignedBy(signed, key)) {
                if (!key.equals(keys.get(keys.size() - 1))) {
                    throw new ProblemException(
                            ProblemKind.REVOKED, "another machine has taken the place of system " + number);
                }
                return key;
            }
        }
        throw stranger();
    }

    private static boolean isSignedBy(Signed signed, PublicKey key) {
        try {
            Renewal.open(signed, key);
            return true;
        } catch (ForgedException e) {
            return false;
        } catch (MalformedException e) {
            throw malformed();
        }
    }

    private static Signed signed(String text) {
        try {
            return Signed.parse(text == null ? "" : text);
        } catch (MalformedException e) {
            throw malformed();
        }
    }

    private static Renewal claimed(Signed signed) {
        try {
            return Renewal.claimed(signed);
        } catch (MalformedException e) {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.ofField("renewal", "it is no signed answer to a challenge"));
    }

    private static ProblemException stranger() {
        return new ProblemException(
                ProblemKind.NOT_ALLOWED, "it is not signed with the key of a machine of this realm");
    }
}
