package org.cranny.central.installation;

import java.util.List;
import java.util.Map;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.enrollment.Token;
import org.cranny.protocol.enrollment.TokenRequest;

/** Lets a machine that is being installed into the realm, and out again when that fails. */
class Admission {
    private static final long TOKEN_SECONDS = 900;

    private final Enrollments enrollments;
    private final Systems systems;
    private final Hosts hosts;
    private final Arrivals arrivals;

    Admission(Enrollments enrollments, Systems systems, Hosts hosts, Arrivals arrivals) {
        this.enrollments = enrollments;
        this.systems = systems;
        this.hosts = hosts;
        this.arrivals = arrivals;
    }

    /** A token for one machine, once, for a quarter of an hour. */
    Token token(String actor, Role role) {
        return enrollments.createToken(actor, new TokenRequest(List.of(role.enrolledAs()), 1, TOKEN_SECONDS));
    }

    /** The number under which a machine came with this token, whose arrival is awaited from now on; null when none did. */
    Long joined(Token token) {
        Long number = enrollments.joined(token.token()).map(Machine::number).orElse(null);
        if (number != null) {
            arrivals.await(number);
        }
        return number;
    }

    /** Whether central saw the machine at work: a host reported, a source listens. */
    boolean isSeen(Role role, long number) {
        return switch (role) {
            case DAEMON -> {
                HostStatus status = hosts.named(List.of(number)).get(number);
                yield status != null && status.lastHeard() != null;
            }
            case SOURCE -> arrivals.isHere(number);
        };
    }

    /** The token is good for nothing any more, and nobody waits. */
    void close(Map<Role, Token> tokens) {
        for (Token token : tokens.values()) {
            enrollments.joined(token.token()).ifPresent(machine -> arrivals.forget(machine.number()));
            enrollments.withdraw(token.token());
        }
    }

    /** Shuts out whoever came with these tokens. */
    void refuse(String actor, Map<Role, Token> tokens) {
        for (Token token : tokens.values()) {
            enrollments.withdraw(token.token());
            enrollments
                    .joined(token.token())
                    .ifPresent(machine -> systems.revoke(machine.number(), actor, "its installation failed"));
        }
    }
}
