package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Keeps how honestly each host proves what it keeps ({@link Honesty}), and draws the consequences. */
@ApplicationScoped
public class HostHonesty {
    /** At most one in so many hosts, and one in any case, is quarantined for what it does not prove. */
    private static final int SHARE_QUARANTINED = 5;

    private final Database database;
    private final Hosts hosts;
    private final AuditLog log;
    private final News news;
    private final Settings settings;

    protected HostHonesty() {
        this.database = null;
        this.hosts = null;
        this.log = null;
        this.news = null;
        this.settings = null;
    }

    @Inject
    public HostHonesty(Database database, Hosts hosts, AuditLog log, News news, Settings settings) {
        this.database = database;
        this.hosts = hosts;
        this.log = log;
        this.news = news;
        this.settings = settings;
    }

    /** How honestly a host proves what it keeps. @throws ProblemException NOT_FOUND */
    public double of(long number) {
        return database.read(entities -> {
            HostRow host = entities.find(HostRow.class, number);
            if (host == null) {
                throw new ProblemException(ProblemKind.NOT_FOUND, "there is no host with the number " + number);
            }
            return host.honesty();
        });
    }

    /**
     * Counts answers of a host that was to prove what it keeps. One whose word is worth nothing after a wrong one is
     * quarantined, unless a fifth of all hosts is already: so many at a time are no liars, and something else is wrong.
     */
    public void proved(long number, long right, long wrong) {
        database.durably(entities -> {
            HostRow host = HostRow.locked(entities, number);
            double before = host.honesty();
            double after = Honesty.after(before, right, wrong);
            host.prove(after);
            if (wrong > 0 && Honesty.isGone(after) && host.decided() != State.QUARANTINED) {
                quarantine(entities, host, after);
            }
            if (Honesty.takesNothing(before) != Honesty.takesNothing(after)) {
                log.append(
                        "central",
                        Honesty.takesNothing(after) ? "gets nothing new" : "gets new fragments again",
                        "host " + number,
                        "it proves " + Math.round(100 * after) + " % of what it is asked for");
            }
            if (host.settle(host.state() == State.SUSPECT, settings.fullBelowBytes())) {
                news.hostsChanged("host " + number + " is " + host.state());
            }
            return null;
        });
    }

    private void quarantine(EntityManager entities, HostRow host, double honesty) {
        long quarantined = entities.createQuery(
                        "select count(h)" + Hosts.OF_LISTED + " and h.decided = :quarantined", Long.class)
                .setParameter("quarantined", State.QUARANTINED)
                .getSingleResult();
        String why = "it proves " + Math.round(100 * honesty) + " % of what it is asked for";
        if ((quarantined + 1) * SHARE_QUARANTINED > Math.max(hosts.count(), SHARE_QUARANTINED)) {
            log.append("central", "quarantine held back", "host " + host.number(), why + ", as others do");
        } else {
            host.decide(State.QUARANTINED);
            log.append("central", "quarantine", "host " + host.number(), why);
        }
    }
}
