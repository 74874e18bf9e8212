package org.cranny.central.system;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.function.Function;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * How much hosts lend, and what their owners ask for at central. What is asked for goes to the daemon with the answer to
 * its next report; the daemon never lends more than was said at the machine itself.
 */
@ApplicationScoped
public class Lendings {
    private final Database database;
    private final AuditLog log;
    private final Clock clock;

    protected Lendings() {
        this(null, null, null);
    }

    @Inject
    public Lendings(Database database, AuditLog log, Clock clock) {
        this.database = database;
        this.log = log;
        this.clock = clock;
    }

    /** @throws ProblemException NOT_FOUND */
    public Lending of(long number) {
        return database.read(entities -> lending(entities, listed(entities, number, LockModeType.NONE)));
    }

    /** Asks a host to lend no more than this from now on, in place of what was asked for before; the same again is nothing. */
    public Lending ask(long number, LendingRequest wished, String actor) {
        wished.check();
        return ask(number, actor, host -> wished);
    }

    /**
     * Asks a host to lend so much less than it keeps, or lends where that is less already: that much room becomes free.
     *
     * @throws ProblemException BAD_REQUEST when nothing has to go for that
     */
    public Lending takeBack(long number, Long bytes, String actor) {
        if (bytes == null || bytes <= 0) {
            throw new ProblemException(Problem.ofField("bytes", "say how many octets are wanted back"));
        }
        return ask(number, actor, host -> host.lendingLess(bytes));
    }

    private Lending ask(long number, String actor, Function<HostRow, LendingRequest> wish) {
        return database.durably(entities -> {
            HostRow host = listed(entities, number, LockModeType.PESSIMISTIC_WRITE);
            LendingRequest wished = wish.apply(host);
            if (host.ask(wished, actor, clock.instant())) {
                log.append(actor, "lending", "host " + number, wished.said());
            }
            return lending(entities, host);
        });
    }

    private static HostRow listed(EntityManager entities, long number, LockModeType lock) {
        HostRow host = entities.find(HostRow.class, number, lock);
        SystemRow system = entities.find(SystemRow.class, number);
        if (host == null || host.isRetired() || system.machine().revoked()) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no host with the number " + number);
        }
        return host;
    }

    private static Lending lending(EntityManager entities, HostRow host) {
        return host.lending(entities.find(SystemRow.class, host.number()).name());
    }
}
