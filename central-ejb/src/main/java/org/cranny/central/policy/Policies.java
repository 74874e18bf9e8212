package org.cranny.central.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cranny.central.approval.ApprovalKind;
import org.cranny.central.approval.Approvals;
import org.cranny.central.browse.BrowseRule;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Systems;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.policy.Policy.Retention;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * The policies of the company, its groups, systems and folders, and what they mean for one system: the narrower scope
 * hides the wider one, member by member. Every change is checked, kept for ever with who made it, and a row of the log.
 */
@ApplicationScoped
public class Policies implements BrowseRule {
    private static final int LONGEST = 100_000;
    private static final int LONGEST_PURPOSE = 200;

    private final Database database;
    private final Systems systems;
    private final Labels labels;
    private final OwnerGroups ownerGroups;
    private final Approvals approvals;
    private final AuditLog log;
    private final PolicyNews news;
    private final Clock clock;

    protected Policies() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public Policies(
            Database database,
            Systems systems,
            Labels labels,
            OwnerGroups ownerGroups,
            Approvals approvals,
            AuditLog log,
            PolicyNews news,
            Clock clock) {
        this.database = database;
        this.systems = systems;
        this.labels = labels;
        this.ownerGroups = ownerGroups;
        this.approvals = approvals;
        this.log = log;
        this.news = news;
        this.clock = clock;
    }

    /** By scope and name. @param after scope and name of the last one seen, separated by a blank, or null */
    public List<PolicyLine> list(String after, int limit) {
        int blank = after == null ? -1 : after.indexOf(' ');
        String scope = blank < 0 ? Objects.requireNonNullElse(after, "") : after.substring(0, blank);
        String name = blank < 0 ? "" : after.substring(blank + 1);
        return database.read(entities -> entities.createQuery(
                        "select p from PolicyRow p where p.scope > :scope or (p.scope = :scope and p.name > :name)"
                                + " order by p.scope, p.name",
                        PolicyRow.class)
                .setParameter("scope", scope)
                .setParameter("name", name)
                .setMaxResults(limit)
                .getResultStream()
                .map(PolicyRow::line)
                .toList());
    }

    /** @throws ProblemException NOT_FOUND when nothing is set there */
    public PolicyLine get(Scope scope, String name) {
        scope.check(name);
        return database.read(entities -> row(entities, scope, name).map(PolicyRow::line))
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_FOUND, "Nothing is set for " + scope.word() + " " + name + "."));
    }

    /** Newest first. */
    public List<PolicyChange> history(Scope scope, String name, int limit) {
        scope.check(name);
        return database.read(entities -> entities.createQuery(
                        "select c from PolicyChangeRow c where c.scope = :scope and c.name = :name"
                                + " order by c.changedMillis desc, c.id desc",
                        PolicyChangeRow.class)
                .setParameter("scope", scope.word())
                .setParameter("name", name)
                .setMaxResults(limit)
                .getResultStream()
                .map(PolicyChangeRow::change)
                .toList());
    }

    /** Sets all that one scope sets. The same again changes nothing. */
    public PolicyLine set(String actor, Scope scope, String name, JsonObject document) {
        Policy policy = read(scope, name, document);
        String text = Documents.text(policy);
        if (text.length() > LONGEST) {
            throw new ProblemException(ProblemKind.TOO_LARGE, "A policy has at most " + LONGEST + " characters.");
        }
        Long leave = leave(actor, scope, name, text);
        return database.durably(entities -> {
            needSystem(scope, name);
            Optional<PolicyRow> found = row(entities, scope, name);
            String before = found.map(PolicyRow::document).orElse(null);
            PolicyRow row = found.orElseGet(() -> new PolicyRow(scope, name));
            if (!text.equals(before)) {
                row.set(text, clock.instant(), actor);
                entities.persist(row);
                useLeave(leave, before, text);
                changed(entities, actor, scope, name, before, text);
            }
            return row.line();
        });
    }

    /** Takes away what one scope sets; what is not there stays away. */
    public void unset(String actor, Scope scope, String name) {
        scope.check(name);
        Long leave = leave(actor, scope, name, null);
        database.durably(entities -> {
            row(entities, scope, name).ifPresent(row -> {
                entities.remove(row);
                useLeave(leave, row.document(), null);
                changed(entities, actor, scope, name, row.document(), null);
            });
            return null;
        });
    }

    /** Leave to keep less, where this change may do so; else null. @param after null to take the policy away */
    private Long leave(String actor, Scope scope, String name, String after) {
        String before = database.read(entities -> {
            if (after != null) {
                needSystem(scope, name);
            }
            return row(entities, scope, name).map(PolicyRow::document).orElse(null);
        });
        if (!keepsLess(before, after)) {
            return null;
        }
        boolean ofSystem = scope == Scope.SYSTEM || scope == Scope.PATH;
        String purpose = "another retention for " + scope.word() + " " + name;
        return approvals.demand(
                ApprovalKind.RETENTION,
                actor,
                ofSystem ? Scope.system(name) : null,
                purpose.length() > LONGEST_PURPOSE ? purpose.substring(0, LONGEST_PURPOSE) : purpose,
                scope.word() + "\n" + name + "\n" + before + "\n" + after);
    }

    /** Refuses when the policy changed since leave was looked for, so that what keeps less now was not asked about. */
    private void useLeave(Long leave, String before, String after) {
        if (leave == null && keepsLess(before, after) && approvals.areNeeded()) {
            throw new ProblemException(
                    ProblemKind.NOT_APPROVED, "this policy was changed by somebody else just now: do the same again");
        }
        approvals.use(leave);
    }

    private static boolean keepsLess(String before, String after) {
        return !Objects.equals(before, after) && RetentionChanged.mayKeepLess(retention(before), retention(after));
    }

    /** @throws ProblemException NOT_FOUND when there is no such system */
    public Effective effective(long system) {
        return database.read(entities -> effective(
                entities,
                system,
                row(entities, Scope.SYSTEM, String.valueOf(system))
                        .map(PolicyRow::policy)
                        .orElse(Policy.EMPTY)));
    }

    /** What would hold for a system if it set this itself. @throws ProblemException NOT_FOUND when there is no such system */
    public Effective effective(long system, Policy own) {
        return database.read(entities -> effective(entities, system, own));
    }

    /** Unless its policy says otherwise. */
    @Override
    public boolean letsCentralList(long system) {
        return !Boolean.FALSE.equals(effective(system).policy().browsing());
    }

    private Effective effective(EntityManager entities, long system, Policy own) {
        List<String> groups = labels.of(system);
        List<String> more = ownerGroups.behind(system, groups);
        Inheritance all = new Inheritance();
        Layers.company(entities, all);
        Layers.directory(entities, more, all);
        Layers.groups(entities, groups, all);
        all.add("system " + system, own);
        return new Effective(system, groups, more, all.policy(), folders(entities, system), all.origins());
    }

    /** What a scope has from the wider ones. @throws ProblemException NOT_FOUND when there is no such system */
    public Inherited inherited(Scope scope, String name) {
        scope.check(name);
        return database.read(entities -> {
            Inheritance all = new Inheritance();
            if (scope != Scope.COMPANY) {
                Layers.company(entities, all);
            }
            if (scope == Scope.SYSTEM || scope == Scope.PATH) {
                List<String> groups = labels.of(Scope.system(name));
                Layers.directory(entities, ownerGroups.behind(Scope.system(name), groups), all);
                Layers.groups(entities, groups, all);
            }
            if (scope == Scope.PATH) {
                Layers.system(entities, Scope.system(name), all);
            }
            return new Inherited(all.policy(), all.origins());
        });
    }

    /** Reads what {@link #set} would set, and sets nothing. @throws ProblemException BAD_REQUEST with the member */
    public Policy read(Scope scope, String name, JsonObject document) {
        scope.check(name);
        Policy policy = Documents.read(document);
        Validity.check(scope, policy);
        return policy;
    }

    private static List<EffectivePolicy.Folder> folders(EntityManager entities, long system) {
        String before = system + ":";
        List<EffectivePolicy.Folder> folders = new ArrayList<>();
        entities.createQuery(
                        "select p from PolicyRow p where p.scope = :scope and p.name >= :from and p.name < :to"
                                + " order by length(p.name), p.name",
                        PolicyRow.class)
                .setParameter("scope", Scope.PATH.word())
                .setParameter("from", before)
                .setParameter("to", system + ";")
                .getResultStream()
                .filter(row -> row.name().startsWith(before) && row.policy().excludes() != null)
                .forEach(row -> folders.add(new EffectivePolicy.Folder(
                        row.name().substring(before.length()), row.policy().excludes())));
        return folders;
    }

    private void changed(EntityManager entities, String actor, Scope scope, String name, String before, String after) {
        entities.persist(new PolicyChangeRow(scope, name, clock.instant(), actor, before, after));
        Reach.markStale(entities, scope, name);
        String subject = scope.word() + " " + name;
        boolean everybody = scope == Scope.COMPANY;
        List<Long> touched = everybody ? List.of() : Reach.systems(entities, scope, name);
        news.changed(new PolicyChanged(everybody, touched, "policy of " + subject));
        Retention had = retention(before);
        Retention has = retention(after);
        if (RetentionChanged.mayKeepLess(had, has)) {
            List<Long> kept = everybody ? null : Reach.kept(entities, scope, name);
            news.retention(new RetentionChanged(actor, subject, kept, had, has));
        }
        log.append(actor, after == null ? "policy-unset" : "policy-set", subject, after == null ? before : after);
    }

    private static Retention retention(String document) {
        return document == null ? null : Documents.parse(document).retention();
    }

    private void needSystem(Scope scope, String name) {
        boolean ofSystem = scope == Scope.SYSTEM || scope == Scope.PATH;
        if (ofSystem && systems.find(Scope.system(name)).isEmpty()) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "There is no system " + Scope.system(name) + ".");
        }
    }

    private static Optional<PolicyRow> row(EntityManager entities, Scope scope, String name) {
        return Layers.row(entities, scope, name);
    }
}
