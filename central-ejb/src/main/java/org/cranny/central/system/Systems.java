package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Knows every machine that ever joined the realm; a number is never given twice and a revocation is for ever. */
@ApplicationScoped
public class Systems {
    /** The most characters of a reason. */
    public static final int LONGEST_WHY = 500;

    private static final String REVOCATION = "revocation";

    private final Database database;
    private final AuditLog log;
    private final News news;
    private final Clock clock;

    protected Systems() {
        this(null, null, null, null);
    }

    @Inject
    public Systems(Database database, AuditLog log, News news, Clock clock) {
        this.database = database;
        this.log = log;
        this.news = news;
        this.clock = clock;
    }

    public Optional<Machine> find(long number) {
        return database.read(entities -> row(entities, number).map(SystemRow::machine));
    }

    /** The machine with this number, when this is its key and it was not revoked; what a TLS handshake asks. */
    public Optional<Machine> admit(long number, PublicKey key) {
        return database.read(entities -> row(entities, number)
                .filter(row -> !row.revoked() && row.hasKey(key))
                .map(SystemRow::machine));
    }

    /** Every machine whose owner has one of these mail addresses, by number. @param mails in small letters */
    public List<Machine> ownedBy(Set<String> mails) {
        if (mails.isEmpty()) {
            return List.of();
        }
        return database.read(entities -> entities.createQuery(
                        "select s from SystemRow s where lower(s.ownerMail) in :mails order by s.number",
                        SystemRow.class)
                .setParameter("mails", mails)
                .getResultStream()
                .map(SystemRow::machine)
                .toList());
    }

    /** The machine that joined with this key and this token, if there is one. */
    public Optional<Machine> joined(PublicKey key, long token) {
        return byKey(key).filter(row -> row.cameWith(token)).map(SystemRow::machine);
    }

    /** The machine that joined last with this token, if one did. */
    public Optional<Machine> cameWith(long token) {
        return database.read(entities -> entities.createQuery(
                        "select s from SystemRow s where s.token = :token order by s.number desc", SystemRow.class)
                .setParameter("token", token)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(SystemRow::machine));
    }

    /** Whether any machine joined with this key. */
    public boolean knows(PublicKey key) {
        String fingerprint = SystemRow.fingerprint(key);
        return byKey(key).isPresent()
                || database.read(entities -> entities.find(FormerKeyRow.class, fingerprint) != null);
    }

    /** The key a machine joined with. */
    public PublicKey key(long number) {
        return database.read(entities -> known(entities, number).key());
    }

    /** The keys of those of these machines that joined and were not revoked. */
    public Map<Long, PublicKey> keys(Collection<Long> numbers) {
        return database.read(entities -> {
            Map<Long, PublicKey> keys = new HashMap<>();
            for (long number : numbers) {
                row(entities, number).filter(row -> !row.revoked()).ifPresent(row -> keys.put(number, row.key()));
            }
            return keys;
        });
    }

    /** The keys with which a machine ever signed: the present one last. */
    public List<PublicKey> signers(long number) {
        return database.read(entities -> {
            List<PublicKey> keys = new ArrayList<>();
            entities.createQuery(
                            "select f from FormerKeyRow f where f.system = :system order by f.replacedMillis",
                            FormerKeyRow.class)
                    .setParameter("system", number)
                    .getResultStream()
                    .map(FormerKeyRow::key)
                    .forEach(keys::add);
            keys.add(known(entities, number).key());
            return keys;
        });
    }

    /**
     * Gives a machine's number to another machine with another key; the key before is good for nothing but what it
     * signed. The same key again changes nothing.
     */
    public void replaceKey(long number, PublicKey key, String actor, String reason) {
        database.durably(entities -> {
            lock(number);
            SystemRow row = known(entities, number);
            if (!row.hasKey(key)) {
                refuseUsed(key);
                entities.persist(new FormerKeyRow(number, row.key(), clock.instant()));
                row.replaceKey(key);
                log.append(actor, "key replaced", "system " + number, reason);
                news.hostsChanged("key of system " + number + " replaced");
            }
            return null;
        });
    }

    /** When another machine last took this one's place; empty when none did. */
    public Optional<Instant> keyReplaced(long number) {
        return database.read(entities -> Optional.ofNullable(entities.createQuery(
                                "select max(f.replacedMillis) from FormerKeyRow f where f.system = :system", Long.class)
                        .setParameter("system", number)
                        .getSingleResult())
                .map(Instant::ofEpochMilli));
    }

    /** SHA-256, hex, of the keys that others replaced, in their order. */
    public List<String> formerKeys() {
        return database.read(entities -> entities.createQuery(
                        "select f.fingerprint from FormerKeyRow f order by f.fingerprint", String.class)
                .getResultList());
    }

    private void refuseUsed(PublicKey key) {
        if (knows(key)) {
            throw new ProblemException(Problem.ofField("csr", "another machine has this key: make a new one"));
        }
    }

    /**
     * Notes who is responsible for a machine, and is told what others do with its backups; whoever was before hears of
     * it. The same again changes nothing.
     *
     * @param owner mail address; null or empty for nobody
     */
    public Machine giveTo(long number, String owner, String actor) {
        String mail = MailAddress.read(owner);
        return database.durably(entities -> {
            lock(number);
            SystemRow row = known(entities, number);
            String before = row.owner();
            if (!Objects.equals(before, mail)) {
                row.giveTo(mail);
                news.ownerChanged(new OwnerChanged(row.machine(), before, actor));
                log.append(actor, "owner", "system " + number, named(before) + " became " + named(mail));
            }
            return row.machine();
        });
    }

    private static String named(String owner) {
        return owner == null ? "nobody" : owner;
    }

    /**
     * Who is responsible for machines that were not shut out, each once, in the order of their addresses; null at the
     * end when nobody is for one of them.
     *
     * @param numbers which machines, or null for all
     */
    public List<String> owners(Collection<Long> numbers) {
        if (numbers != null && numbers.isEmpty()) {
            return List.of();
        }
        String which = numbers == null ? "" : " and s.number in :numbers";
        return database.read(entities -> {
            var query = entities.createQuery(
                    "select distinct s.ownerMail from SystemRow s where s.revokedMillis is null" + which, String.class);
            if (numbers != null) {
                query.setParameter("numbers", numbers);
            }
            return query.getResultStream()
                    .sorted(Comparator.nullsLast(Comparator.naturalOrder()))
                    .toList();
        });
    }

    /**
     * Machines that somebody is responsible for and that were not shut out: those of one person one after another, by
     * number.
     *
     * @param after the last one seen, or null
     */
    public List<Owned> owned(Owned after, int limit) {
        String behind = after == null
                ? ""
                : " and (lower(s.ownerMail) > :owner or lower(s.ownerMail) = :owner and s.number > :number)";
        return database.read(entities -> {
            var query = entities.createQuery(
                    "select lower(s.ownerMail), s from SystemRow s where s.revokedMillis is null"
                            + " and s.ownerMail is not null" + behind + " order by lower(s.ownerMail), s.number",
                    Object[].class);
            if (after != null) {
                query.setParameter("owner", after.owner())
                        .setParameter("number", after.machine().number());
            }
            return query.setMaxResults(limit)
                    .getResultStream()
                    .map(row -> new Owned((String) row[0], ((SystemRow) row[1]).machine()))
                    .toList();
        });
    }

    /**
     * Machines by number, a page at a time.
     *
     * @param owners only machines whose owner has one of these mail addresses, in small letters; null for all
     * @param name only machines with exactly this name; null for all
     * @param after number of the last one seen, 0 to begin
     */
    public List<Machine> page(Set<String> owners, String name, long after, int limit) {
        if (owners != null && owners.isEmpty()) {
            return List.of();
        }
        String which = (owners == null ? "" : " and lower(s.ownerMail) in :owners")
                + (name == null ? "" : " and s.name = :name");
        return database.read(entities -> {
            TypedQuery<SystemRow> page = entities.createQuery(
                            "select s from SystemRow s where s.number > :after" + which + " order by s.number",
                            SystemRow.class)
                    .setParameter("after", after)
                    .setMaxResults(limit);
            if (owners != null) {
                page.setParameter("owners", owners);
            }
            if (name != null) {
                page.setParameter("name", name);
            }
            return page.getResultStream().map(SystemRow::machine).toList();
        });
    }

    /** Names by number, of those of these machines that ever joined. */
    public Map<Long, String> names(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        return database.read(entities -> entities.createQuery(
                        "select s.number, s.name from SystemRow s where s.number in :numbers", Object[].class)
                .setParameter("numbers", numbers)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (String) row[1])));
    }

    /** Every machine, by number: for what looks at all of them. */
    public List<Machine> all() {
        return database.read(
                entities -> entities.createQuery("select s from SystemRow s order by s.number", SystemRow.class)
                        .getResultStream()
                        .map(SystemRow::machine)
                        .toList());
    }

    /** Gives a newcomer its number, as part of its enrollment; rows of later features may name it from here on. */
    public Machine join(Newcomer newcomer) {
        return database.durably(entities -> {
            SystemRow row = new SystemRow(newcomer, clock.instant());
            entities.persist(row);
            entities.flush();
            if (newcomer.roles().contains("host")) {
                entities.persist(new HostRow(row.number(), newcomer.address(), newcomer.failureDomain()));
                news.hostsChanged("enrollment of " + newcomer.name());
            }
            return row.machine();
        });
    }

    /** Notes, as part of a commit, that a snapshot of this source was received. */
    public void backedUp(long number, Instant received) {
        database.durably(entities -> {
            known(entities, number).backedUp(received);
            return null;
        });
    }

    /** Until the running transaction ends, nobody else changes what belongs to this machine. */
    public void lock(long number) {
        database.durably(entities -> entities.find(SystemRow.class, number, LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Shuts a machine out for ever because a person says so; its owner hears of it. Doing it twice changes nothing.
     *
     * @param why one line of at most {@value #LONGEST_WHY} characters, or null
     * @param mostADay how many machines this person may shut out within 24 hours
     * @throws ProblemException NOT_FOUND; BAD_REQUEST when nobody can read the reason; NOT_ALLOWED beyond that many
     */
    public Machine shutOut(long number, String actor, String why, int mostADay) {
        String said = why == null || why.isBlank() ? null : why.strip();
        if (said != null && (said.length() > LONGEST_WHY || said.chars().anyMatch(Character::isISOControl))) {
            throw new ProblemException(
                    Problem.ofField("why", "a reason is one line of at most " + LONGEST_WHY + " characters"));
        }
        return database.durably(entities -> {
            lock(number);
            SystemRow row = known(entities, number);
            if (!row.revoked()) {
                if (log.count(actor, REVOCATION, clock.instant().minus(Duration.ofDays(1))) >= mostADay) {
                    throw new ProblemException(
                            ProblemKind.NOT_ALLOWED,
                            "you have shut out " + mostADay + " machines today: an administrator may go on");
                }
                revoke(number, actor, said == null ? "" : said);
                news.shutOut(new ShutOut(row.machine(), actor, said));
            }
            return row.machine();
        });
    }

    /** Shuts a machine out for ever; doing it twice changes nothing. */
    public void revoke(long number, String actor, String reason) {
        database.durably(entities -> {
            SystemRow row = known(entities, number);
            if (!row.revoked()) {
                row.revoke(clock.instant());
                news.hostsChanged("revocation of " + row.name());
                log.append(actor, REVOCATION, "system " + number, reason);
            }
            return null;
        });
    }

    /** Numbers of the machines that were shut out, ascending. */
    public List<Long> revoked() {
        return database.read(entities -> entities.createQuery(
                        "select s.number from SystemRow s where s.revokedMillis is not null order by s.number",
                        Long.class)
                .getResultList());
    }

    private Optional<SystemRow> byKey(PublicKey key) {
        return database.read(entities -> entities.createQuery(
                        "select s from SystemRow s where s.keyFingerprint = :fingerprint", SystemRow.class)
                .setParameter("fingerprint", SystemRow.fingerprint(key))
                .getResultStream()
                .findFirst());
    }

    private static Optional<SystemRow> row(EntityManager entities, long number) {
        return Optional.ofNullable(entities.find(SystemRow.class, number));
    }

    private static SystemRow known(EntityManager entities, long number) {
        return row(entities, number)
                .orElseThrow(() ->
                        new ProblemException(ProblemKind.NOT_FOUND, "there is no system with the number " + number));
    }
}
