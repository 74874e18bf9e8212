package org.cranny.web.security;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a guard before every resource method. What says nothing about who may call it is denied.
 * The server forgets {@code @RolesAllowed} on resources when it restarts, so nothing is left to it.
 */
@Provider
public class Gate implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Rule rule = rule(resource.getResourceMethod())
                .or(() -> rule(resource.getResourceClass()))
                .orElse(Rule.NOBODY);
        if (!rule.everybody()) {
            context.register(new Guard(rule.roles(), name(resource)));
        }
    }

    /** As the log calls it, for example {@code JobResource.cancel}. */
    private static String name(ResourceInfo resource) {
        return resource.getResourceClass().getSimpleName() + "."
                + resource.getResourceMethod().getName();
    }

    /** Who may pass. No roles and not everybody means nobody. */
    record Rule(boolean everybody, Set<String> roles) {
        static final Rule NOBODY = new Rule(false, Set.of());
    }

    static Optional<Rule> rule(AnnotatedElement element) {
        if (element.isAnnotationPresent(DenyAll.class)) {
            return Optional.of(Rule.NOBODY);
        }
        if (element.isAnnotationPresent(RolesAllowed.class)) {
            return Optional.of(new Rule(
                    false, Set.of(element.getAnnotation(RolesAllowed.class).value())));
        }
        return element.isAnnotationPresent(PermitAll.class) ? Optional.of(new Rule(true, Set.of())) : Optional.empty();
    }
}
