package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is visiting the pages. A visit begins at the login page with a new session id, ends at logout or when the
 * session does, and every five minutes the directory is asked again whether the account is open and what it may do.
 */
@ApplicationScoped
public class Visits {
    private static final String ATTRIBUTE = "org.cranny.visit";
    private static final Duration TRUSTED = Duration.ofMinutes(5);

    private record Visit(Identity identity, Instant checked) implements Serializable {}

    @Inject
    People people;

    private final Clock clock = Clock.systemUTC();

    /** Begins a visit when name and password are right; says whether they were. */
    public boolean begin(HttpServletRequest request, String name, String password) {
        Optional<Identity> identity = people.identify(name, password, request.getRemoteAddr());
        identity.ifPresent(who -> {
            request.getSession(true);
            request.changeSessionId();
            remember(request.getSession(), who);
        });
        return identity.isPresent();
    }

    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    Optional<Identity> current(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof Visit visit)) {
            return Optional.empty();
        }
        if (clock.instant().isBefore(visit.checked().plus(TRUSTED))) {
            return Optional.of(visit.identity());
        }
        Optional<Identity> now = people.refresh(visit.identity());
        now.ifPresentOrElse(who -> remember(session, who), session::invalidate);
        return now;
    }

    private void remember(HttpSession session, Identity who) {
        session.setAttribute(ATTRIBUTE, new Visit(who, clock.instant()));
    }
}
