package org.cranny.web.security;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/**
 * Lets only callers with one of these roles pass, counts only these of their roles from here on, and lets no token
 * change anything that is for reading.
 */
@Priority(Priorities.AUTHORIZATION)
final class Guard implements ContainerRequestFilter {
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Set<String> roles;
    private final String resource;

    /** @param resource as the log calls it */
    Guard(Set<String> roles, String resource) {
        this.roles = roles;
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        SecurityContext security = request.getSecurityContext();
        if (security.getUserPrincipal() == null) {
            request.abortWith(Refusal.notLoggedIn().response());
            return;
        }
        Caller caller = CDI.current().select(Caller.class).get();
        boolean changes = !READING.contains(request.getMethod());
        caller.countOnly(roles);
        boolean refused = roles.stream().noneMatch(security::isUserInRole)
                || changes && caller.identity().changesNothing()
                || isOutOfSight(caller, request.getUriInfo());
        if (refused) {
            CDI.current().select(Refusals.class).get().note(caller.name(), resource);
            request.abortWith(Refusal.notAllowed().response());
        }
    }

    /** What lies below one machine is for those who see that machine. */
    private static boolean isOutOfSight(Caller caller, UriInfo uri) {
        String system = uri.getPathParameters().getFirst("id");
        boolean ofSystem = system != null && uri.getPath().matches("/*systems/.*");
        boolean anyInSight = caller.roles().isEmpty() || caller.seesAll();
        return ofSystem && !anyInSight && !(isNumber(system) && caller.sees(Long.parseLong(system)));
    }

    private static boolean isNumber(String text) {
        return text.length() < 19 && text.chars().allMatch(Character::isDigit);
    }
}
