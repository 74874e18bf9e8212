package org.cranny.central.enrollment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Newcomer;
import org.cranny.central.system.Systems;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.enrollment.Token;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Lets machines join the realm, each with a token that an administrator made, or its owner. A use of a token, the
 * machine's number, its certificate and the log entry happen together or not at all.
 */
@ApplicationScoped
public class Enrollments {
    private static final long NO_TOKEN = 0;
    private static final long OWN_SECONDS = 600;
    private static final int MOST_OWN = 50;
    private static final int LONGEST_MAIL = 190;
    private static final int MOST_USES = 100_000;
    private static final long LONGEST_SECONDS = 366L * 86_400;

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Authority authority;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;

    protected Enrollments() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Enrollments(
            Database database,
            AuditLog log,
            Systems systems,
            Authority authority,
            Settings settings,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.authority = authority;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Makes a token; its text is given this once, central keeps a hash. */
    public Token createToken(String actor, TokenRequest request) {
        check(request);
        Instant now = clock.instant();
        Instant expires = now.plusSeconds(request.validSeconds());
        String token = Tokens.make(random);
        database.durably(entities -> {
            entities.persist(
                    new TokenRow(Tokens.hash(token), Set.copyOf(request.roles()), request.uses(), expires, now, actor));
            log.append(actor, "token", String.join(",", request.roles()), uses(request) + ", until " + expires);
            return null;
        });
        return new Token(token, expires.toString(), authority.fingerprint());
    }

    /**
     * Makes a token for one machine of an owner's, good for minutes; whoever comes with it is theirs from the first moment.
     *
     * @param mails addresses of the owner, in small letters; the first one is noted
     * @throws ProblemException NOT_ALLOWED to whom the directory knows no address of, ALLOTMENT_USED_UP when they have as
     *     many machines as may be
     */
    public Token createOwnToken(String actor, Set<String> mails) {
        String mail = mails.stream()
                .filter(address -> address.length() <= LONGEST_MAIL)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_ALLOWED, "the directory has no mail address of yours to note as the owner's"));
        refuseMore(mails);
        Instant now = clock.instant();
        Instant expires = now.plusSeconds(OWN_SECONDS);
        String token = Tokens.make(random);
        database.durably(entities -> {
            entities.persist(TokenRow.own(Tokens.hash(token), mail, expires, now));
            log.append(actor, "token", "source", "one of " + mail + "'s own, until " + expires);
            return null;
        });
        return new Token(token, expires.toString(), authority.fingerprint());
    }

    private void refuseMore(Set<String> mails) {
        long have = systems.ownedBy(mails).stream()
                .filter(machine -> !machine.revoked() && machine.isSource())
                .count();
        if (have >= MOST_OWN) {
            throw new ProblemException(
                    ProblemKind.ALLOTMENT_USED_UP, "an owner lets at most " + MOST_OWN + " machines of their own join");
        }
    }

    /** Lets a token pass that a machine could join with now, and uses nothing of it up. @throws ProblemException UNKNOWN_TOKEN, EXPIRED_TOKEN */
    public void require(String token) {
        boolean good = database.read(entities -> Tokens.find(entities, token).isGood(clock.instant()));
        if (!good) {
            throw Tokens.spent();
        }
    }

    /** Takes a token back; whoever came with it stays. */
    public void withdraw(String token) {
        database.durably(entities -> entities.createQuery(
                        "update TokenRow t set t.expiresMillis = :now where t.hash = :hash and t.expiresMillis > :now")
                .setParameter("now", clock.millis())
                .setParameter("hash", Tokens.hash(token))
                .executeUpdate());
    }

    /** The machine that joined last with this token, if one did. */
    public Optional<Machine> joined(String token) {
        return database.read(
                entities -> systems.cameWith(Tokens.find(entities, token).id()));
    }

    /** Enrolls; the same request again gives the same answer and uses nothing up. */
    public Enrolled enroll(EnrollmentRequest request) {
        Application.check(request);
        PublicKey key = authority.requested(request.csr());
        return database.durably(entities -> {
            TokenRow token = Tokens.find(entities, request.token());
            Optional<Machine> already = systems.joined(key, token.id());
            if (already.isPresent()) {
                return again(already.get(), key);
            }
            return answer(join(entities, token, request, key), key);
        });
    }

    /**
     * Lets a device join without a token, for which central acts with this key. Part of the transaction that keeps the
     * key.
     */
    public Machine admitDevice(String actor, String name, PublicKey key) {
        Application.checkText("name", name);
        return database.durably(entities -> {
            Machine machine = systems.join(new Newcomer(name, Set.of("source", "device"), key, NO_TOKEN, null, null));
            authority.issue(machine.number(), key);
            log.append(actor, "device added", "system " + machine.number(), name);
            return machine;
        });
    }

    private Machine join(EntityManager entities, TokenRow token, EnrollmentRequest request, PublicKey key) {
        if (systems.knows(key)) {
            throw new ProblemException(Problem.ofField("csr", "another machine joined with this key: make a new one"));
        }
        if (!token.roles().containsAll(request.roles())) {
            throw new ProblemException(
                    Problem.ofField("roles", "this token enrolls " + String.join(" and ", token.roles()) + " only"));
        }
        token.owner().ifPresent(mail -> refuseMore(Set.of(mail)));
        Tokens.use(entities, token, clock.instant());
        Machine machine = systems.join(new Newcomer(
                request.name(),
                Set.copyOf(request.roles()),
                key,
                token.id(),
                request.address(),
                request.failureDomain()));
        authority.issue(machine.number(), key);
        token.owner().ifPresent(mail -> systems.giveTo(machine.number(), mail, mail));
        log.append("system " + machine.number(), "enrollment", "system " + machine.number(), machine.name());
        return machine;
    }

    private Enrolled again(Machine machine, PublicKey key) {
        if (machine.revoked()) {
            throw new ProblemException(ProblemKind.REVOKED, "system " + machine.number() + " was shut out");
        }
        return answer(machine, key);
    }

    private Enrolled answer(Machine machine, PublicKey key) {
        List<String> chain = authority.issued(machine.number(), key).orElseThrow();
        SystemId id = new SystemId(authority.realm(), machine.number());
        return new Enrolled(
                machine.number(),
                authority.realm().hex(),
                chain,
                authority.realmKeys(),
                settings.machinesUrl(),
                machine.isSource() ? authority.allot(id, key) : null);
    }

    private static void check(TokenRequest request) {
        Application.checkRoles("roles", request.roles());
        if (request.uses() < 0 || request.uses() > MOST_USES) {
            throw new ProblemException(Problem.ofField("uses", "0 for any number, or 1 to " + MOST_USES));
        }
        if (request.validSeconds() < 1 || request.validSeconds() > LONGEST_SECONDS) {
            throw new ProblemException(Problem.ofField("validSeconds", "1 to " + LONGEST_SECONDS));
        }
    }

    private static String uses(TokenRequest request) {
        return request.uses() == 0 ? "any number of uses" : request.uses() + " uses";
    }
}
