package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.cranny.central.log.AuditLog;
import org.cranny.protocol.problem.ProblemException;

/**
 * Who is visiting the pages. A visit begins at the login page with a new session id, ends at logout or when the
 * session does, and is worth what the directory said of its person at most five minutes ago. While the directory is away
 * it is worth nothing, and goes on afterwards.
 */
@ApplicationScoped
public class Visits {
    private static final String ATTRIBUTE = "org.cranny.visitor";

    /** How a visit began, or not. */
    public enum Beginning {
        BEGUN,
        /** Name or password are wrong; nobody is told more. */
        REFUSED,
        /** The directory does not answer. */
        DIRECTORY_AWAY,
        /** Central cannot write down that somebody came. */
        DISK_REFUSES
    }

    @Inject
    People people;

    @Inject
    AuditLog log;

    /** Begins a visit when name and password are right, and the log has it. */
    public Beginning begin(HttpServletRequest request, String name, String password) {
        Entry entry = people.identify(name, password, request.getRemoteAddr());
        if (entry instanceof Entry.Granted granted) {
            try {
                log.append(granted.identity().name(), "login", "pages", "from " + request.getRemoteAddr());
            } catch (ProblemException full) {
                return Beginning.DISK_REFUSES;
            }
            request.getSession(true);
            request.changeSessionId();
            request.getSession().setAttribute(ATTRIBUTE, granted.identity().name());
            return Beginning.BEGUN;
        }
        return entry instanceof Entry.Unknown ? Beginning.DIRECTORY_AWAY : Beginning.REFUSED;
    }

    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Whether somebody came whose directory does not answer now. */
    public boolean waitsForDirectory(HttpServletRequest request) {
        String name = visitor(request);
        return name != null && people.current(name) instanceof Entry.Unknown;
    }

    Optional<Identity> current(HttpServletRequest request) {
        String name = visitor(request);
        if (name == null) {
            return Optional.empty();
        }
        Entry entry = people.current(name);
        if (entry instanceof Entry.Granted granted) {
            return Optional.of(granted.identity());
        }
        if (entry instanceof Entry.Refused) {
            end(request);
        }
        return Optional.empty();
    }

    private static String visitor(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ATTRIBUTE) instanceof String name ? name : null;
    }
}
