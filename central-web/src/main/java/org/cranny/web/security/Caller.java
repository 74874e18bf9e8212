package org.cranny.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import java.security.Principal;
import org.cranny.central.authority.Authority;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Whoever sent this request, once proved. */
@RequestScoped
public class Caller {
    @Inject
    SecurityContext security;

    @Inject
    Authority authority;

    /**
     * The machine that called.
     *
     * @throws ProblemException NOT_ALLOWED when the caller is not a machine
     */
    public SystemId system() {
        String name = name();
        if (!name.startsWith(Identity.SYSTEM_PREFIX)) {
            throw new ProblemException(ProblemKind.NOT_ALLOWED, "Only machines may do that.");
        }
        return new SystemId(authority.realm(), Long.parseLong(name.substring(Identity.SYSTEM_PREFIX.length())));
    }

    /**
     * The person's name, or {@code system:NUMBER}.
     *
     * @throws ProblemException NOT_LOGGED_IN when nobody proved anything
     */
    public String name() {
        Principal principal = security.getCallerPrincipal();
        if (principal == null) {
            throw new ProblemException(ProblemKind.NOT_LOGGED_IN, "Nobody is logged in.");
        }
        return principal.getName();
    }
}
