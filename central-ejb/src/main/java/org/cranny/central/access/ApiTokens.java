package org.cranny.central.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Tokens;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Tokens of people for programs: named ones that live for days, and logins of one hour. A token never does more than its
 * person may do at that moment, and whoever asks for one asks for some of their own roles. Central keeps its SHA-256.
 *
 * <p>Life of a token: made and shown once, used, gone when it is revoked or past its time.
 */
@ApplicationScoped
public class ApiTokens {
    private static final Duration LOGIN = Duration.ofHours(1);
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
    private static final int USUAL_DAYS = 90;
    private static final int MOST_DAYS = 366;
    private static final int MOST_OF_ONE = 100;
    private static final int LONGEST_NAME = 100;

    private final Database database;
    private final AuditLog log;
    private final Clock clock;
    private final SecureRandom random;

    protected ApiTokens() {
        this(null, null, null, null);
    }

    @Inject
    public ApiTokens(Database database, AuditLog log, Clock clock, SecureRandom random) {
        this.database = database;
        this.log = log;
        this.clock = clock;
        this.random = random;
    }

    /** Begins a login of an hour for somebody who showed a password; its text is in this answer alone. */
    public ApiToken begin(String owner, Set<String> roles) {
        return keep(owner, null, roles, false, LOGIN, "login");
    }

    /**
     * Makes a named token for somebody who showed a password; its text is in this answer alone.
     *
     * @param mine the roles that the owner has
     */
    public ApiToken make(String owner, Set<String> mine, ApiTokenRequest request) {
        String name = name(request.name());
        Set<String> roles = roles(request.roles(), mine);
        int days = request.days() == null ? USUAL_DAYS : request.days();
        if (days < 1 || days > MOST_DAYS) {
            throw new ProblemException(Problem.ofField("days", "a token is good for 1 to " + MOST_DAYS + " days"));
        }
        boolean reading = request.reading() == null || request.reading();
        return keep(owner, name, roles, reading, Duration.ofDays(days), "token made");
    }

    private static String name(String given) {
        String name = given == null ? "" : given.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(Problem.ofField(
                    "name", "a token has a name of 1 to " + LONGEST_NAME + " characters without control characters"));
        }
        return name;
    }

    private static Set<String> roles(List<String> wanted, Set<String> mine) {
        Set<String> roles = wanted == null ? mine : new TreeSet<>(wanted);
        if (roles.isEmpty() || !mine.containsAll(roles)) {
            throw new ProblemException(Problem.ofField("roles", "some of your own roles: " + new TreeSet<>(mine)));
        }
        return roles;
    }

    private ApiToken keep(String owner, String name, Set<String> roles, boolean reading, Duration life, String action) {
        String token = Tokens.make(random);
        return database.durably(entities -> {
            Instant now = clock.instant();
            entities.createQuery("delete from ApiTokenRow t where t.expiresMillis <= :now")
                    .setParameter("now", now.toEpochMilli())
                    .executeUpdate();
            if (count(entities, owner) >= MOST_OF_ONE) {
                throw new ProblemException(
                        ProblemKind.TOO_OFTEN, "you have " + MOST_OF_ONE + " tokens and logins: revoke some first");
            }
            ApiTokenRow row = new ApiTokenRow(Tokens.hash(token), owner, name, roles, reading, now, now.plus(life));
            entities.persist(row);
            entities.flush();
            log.append(owner, action, owner, row.described());
            return row.shown(token);
        });
    }

    private static long count(EntityManager entities, String owner) {
        return entities.createQuery("select count(t) from ApiTokenRow t where t.owner = :owner", Long.class)
                .setParameter("owner", owner)
                .getSingleResult();
    }

    /** For whom this token acts, when it is good now. */
    public Optional<Bearer> find(String token) {
        Instant now = clock.instant();
        Optional<ApiTokenRow> row = database.read(entities -> byText(entities, token, now));
        row.filter(found -> !found.wasUsedSince(now.minus(USE_NOTED_EVERY)))
                .ifPresent(found -> noteUse(found.id(), now));
        return row.map(ApiTokenRow::bearer);
    }

    private static Optional<ApiTokenRow> byText(EntityManager entities, String token, Instant now) {
        return entities.createQuery(
                        "select t from ApiTokenRow t where t.hash = :hash and t.expiresMillis > :now",
                        ApiTokenRow.class)
                .setParameter("hash", Tokens.hash(token))
                .setParameter("now", now.toEpochMilli())
                .getResultStream()
                .findFirst();
    }

    private void noteUse(long id, Instant now) {
        database.durably(
                entities -> entities.createQuery("update ApiTokenRow t set t.usedMillis = :now where t.id = :id")
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("id", id)
                        .executeUpdate());
    }

    /** Tokens and logins that are good now, newest first. @param owner whose, or null for everybody's */
    public List<ApiToken> list(String owner, int limit) {
        String whose = owner == null ? "" : " and t.owner = :owner";
        return database.read(entities -> {
            TypedQuery<ApiTokenRow> query = entities.createQuery(
                            "select t from ApiTokenRow t where t.expiresMillis > :now" + whose + " order by t.id desc",
                            ApiTokenRow.class)
                    .setParameter("now", clock.instant().toEpochMilli());
            if (owner != null) {
                query.setParameter("owner", owner);
            }
            return query.setMaxResults(limit)
                    .getResultStream()
                    .map(row -> row.shown(null))
                    .toList();
        });
    }

    /**
     * Takes a token back: it is good for nothing from the next request on. Of one that is gone already nothing changes.
     *
     * @param others whether the actor may take back what is not theirs
     * @throws ProblemException NOT_FOUND for what is somebody else's
     */
    public void revoke(String actor, long id, boolean others) {
        database.durably(entities -> {
            ApiTokenRow row = entities.find(ApiTokenRow.class, id);
            if (row != null && !others && !row.owner().equals(actor)) {
                throw new ProblemException(ProblemKind.NOT_FOUND, "you have no token " + id);
            }
            if (row != null) {
                String described = row.described();
                entities.remove(row);
                log.append(actor, "token revoked", row.owner(), described);
            }
            return null;
        });
    }

    /** Ends a login, or revokes the token that this text is. */
    public void end(String actor, String token) {
        database.durably(entities -> {
            byText(entities, token, clock.instant()).ifPresent(row -> {
                entities.remove(row);
                log.append(actor, "logout", row.owner(), row.described());
            });
            return null;
        });
    }
}
