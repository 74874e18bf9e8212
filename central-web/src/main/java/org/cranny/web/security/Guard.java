package org.cranny.web.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;

/** Lets only callers with one of these roles pass. */
@Priority(Priorities.AUTHORIZATION)
final class Guard implements ContainerRequestFilter {
    private final Set<String> roles;

    Guard(Set<String> roles) {
        this.roles = roles;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        SecurityContext caller = request.getSecurityContext();
        if (caller.getUserPrincipal() == null) {
            request.abortWith(Refusal.notLoggedIn().response());
        } else if (roles.stream().noneMatch(caller::isUserInRole)) {
            request.abortWith(Refusal.notAllowed().response());
        }
    }
}
