package org.cranny.web.api;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** Who may call what, enumerated by reflection: a resource without a row here breaks the build. */
class AccessTest {
    private static final Map<String, String> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("DELETE /leases/{epoch}", "source"),
            Map.entry("GET /alerts", "administrator"),
            Map.entry("GET /dumps", "administrator"),
            Map.entry("GET /approvals", "administrator"),
            Map.entry("GET /approvals/{id}", "administrator"),
            Map.entry("POST /approvals/{id}/give", "administrator"),
            Map.entry("POST /approvals/{id}/refuse", "administrator"),
            Map.entry("GET /escrow", "source"),
            Map.entry("POST /recoveries/{id}/tell", "administrator"),
            Map.entry("GET /escrow/split", "administrator"),
            Map.entry("POST /escrow/split", "administrator"),
            Map.entry("POST /escrow/split/shares", "administrator"),
            Map.entry("POST /escrow/split/changes", "administrator"),
            Map.entry("POST /escrow/split/changes/shares", "administrator"),
            Map.entry("POST /approvals/{id}/shares", "administrator"),
            Map.entry("GET /events", "system"),
            Map.entry("GET /health", "everybody"),
            Map.entry("GET /health/live", "everybody"),
            Map.entry("GET /health/ready", "everybody"),
            Map.entry("GET /metrics", "administrator monitor scraper"),
            Map.entry("GET /hosts", "administrator"),
            Map.entry("GET /hosts/{id}/drain", "administrator"),
            Map.entry("POST /hosts/{id}/drain", "administrator"),
            Map.entry("POST /hosts/{id}/undrain", "administrator"),
            Map.entry("POST /hosts/{id}/retire", "administrator"),
            Map.entry("GET /systems/{id}/redundancy", "administrator"),
            Map.entry("GET /systems/{id}/retention", "administrator"),
            Map.entry("GET /systems/{id}/prune", "administrator"),
            Map.entry("POST /systems/{id}/forget", "administrator"),
            Map.entry("POST /systems/{id}/versions/{version}/recall", "administrator"),
            Map.entry("PUT /systems/{id}/versions/{version}/hold", "administrator"),
            Map.entry("POST /findings", "source"),
            Map.entry("GET /placements/moved", "source"),
            Map.entry("GET /hosts/{id}/reliability", "administrator"),
            Map.entry("GET /jobs", "administrator"),
            Map.entry("GET /jobs/{id}", "administrator"),
            Map.entry("GET /jobs/{id}/paths", "administrator source"),
            Map.entry("GET /master-file", "administrator system"),
            Map.entry("GET /master-file/versions", "administrator"),
            Map.entry("GET /master-file/versions/{v}/changes", "administrator"),
            Map.entry("GET /packs/{id}", "source"),
            Map.entry("GET /placements", "source"),
            Map.entry("DELETE /policies/{scope}/{name:.+}", "administrator"),
            Map.entry("GET /policies", "administrator"),
            Map.entry("GET /policies/history/{scope}/{name:.+}", "administrator"),
            Map.entry("GET /policies/{scope}/{name:.+}", "administrator"),
            Map.entry("GET /policy", "source"),
            Map.entry("GET /realm", "everybody"),
            Map.entry("GET /recoveries", "administrator"),
            Map.entry("GET /recoveries/{id}", "administrator"),
            Map.entry("GET /recoveries/{id}/archive", "administrator"),
            Map.entry("GET /snapshots", "source"),
            Map.entry("GET /systems", "administrator"),
            Map.entry("GET /systems/{id}/labels", "administrator"),
            Map.entry("GET /systems/{id}/policy", "administrator"),
            Map.entry("GET /systems/{id}/policy/next", "administrator"),
            Map.entry("GET /systems/{id}/diff", "administrator"),
            Map.entry("GET /systems/{id}/snapshots", "administrator"),
            Map.entry("GET /systems/{id}/snapshots/{snapshot}/explain", "administrator"),
            Map.entry("GET /systems/{id}/snapshots/{snapshot}/search", "administrator"),
            Map.entry("GET /systems/{id}/snapshots/{snapshot}/tree", "administrator"),
            Map.entry("GET /systems/{id}/versions", "administrator"),
            Map.entry("POST /alerts/trial", "administrator"),
            Map.entry("POST /alerts/{id}/acknowledge", "administrator"),
            Map.entry("POST /dumps", "administrator"),
            Map.entry("POST /enrollments", "everybody"),
            Map.entry("POST /hand-overs", "everybody"),
            Map.entry("POST /heartbeats", "host"),
            Map.entry("POST /jobs/claim", "source"),
            Map.entry("POST /jobs/{id}/cancel", "administrator"),
            Map.entry("POST /jobs/{id}/result", "source"),
            Map.entry("POST /leases", "source"),
            Map.entry("POST /looks", "monitor source"),
            Map.entry("POST /placements", "source"),
            Map.entry("POST /renewals", "everybody"),
            Map.entry("POST /renewals/challenge", "everybody"),
            Map.entry("POST /snapshots", "source"),
            Map.entry("POST /systems/{id}/jobs", "administrator"),
            Map.entry("POST /systems/{id}/recoveries", "administrator"),
            Map.entry("POST /tokens", "administrator"),
            Map.entry("PUT /escrow", "source"),
            Map.entry("PUT /jobs/{id}/progress", "source"),
            Map.entry("PUT /leases/{epoch}", "source"),
            Map.entry("PUT /policies/{scope}/{name:.+}", "administrator"),
            Map.entry("PUT /systems/{id}/labels", "administrator"),
            Map.entry("PUT /systems/{id}/owner", "administrator"),
            Map.entry("PUT /packs/{id}", "source")));

    @Test
    void everyResourceIsForThoseItShouldBeFor() {
        assertEquals(EXPECTED, declared());
    }

    @Test
    void everyResourceStandsInTheProtocol() throws IOException {
        String page = Files.readString(java.nio.file.Path.of("../docs/protocol/central.md"));
        for (String resource : declared().keySet()) {
            assertTrue(page.contains("`" + resource), resource + " is not in docs/protocol/central.md");
        }
    }

    @Test
    void everyRoleIsDeclaredBecauseTheServerGivesNoOther() throws IOException {
        String deployment = Files.readString(java.nio.file.Path.of("src/main/webapp/WEB-INF/web.xml"));
        for (String role : String.join(" ", EXPECTED.values()).split(" ")) {
            assertTrue(
                    role.equals("everybody") || deployment.contains("<role-name>" + role + "</role-name>"),
                    role + " is not in web.xml");
        }
    }

    @Test
    void everyResourceIsDescribed() {
        methods()
                .forEach((name, method) -> assertTrue(
                        method.isAnnotationPresent(Operation.class)
                                && !method.getAnnotation(Operation.class)
                                        .summary()
                                        .isBlank(),
                        name + " has no @Operation"));
    }

    private static Map<String, String> declared() {
        Map<String, String> access = new TreeMap<>();
        methods().forEach((name, method) -> access.put(name, who(method)));
        return access;
    }

    private static Map<String, Method> methods() {
        Map<String, Method> found = new TreeMap<>();
        for (Class<?> resource : Api.RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (verb != null) {
                        found.put(verb.value() + " /" + path(resource, method), method);
                    }
                }
            }
        }
        return found;
    }

    private static String path(Class<?> resource, Method method) {
        String base = resource.getAnnotation(Path.class).value();
        Path below = method.getAnnotation(Path.class);
        return below == null ? base : base + "/" + below.value();
    }

    private static String who(Method method) {
        String own = who((AnnotatedElement) method);
        return own != null ? own : who((AnnotatedElement) method.getDeclaringClass());
    }

    private static String who(AnnotatedElement element) {
        if (element.isAnnotationPresent(DenyAll.class)) {
            return "nobody";
        }
        if (element.isAnnotationPresent(PermitAll.class)) {
            return "everybody";
        }
        RolesAllowed roles = element.getAnnotation(RolesAllowed.class);
        return roles == null ? null : Arrays.stream(roles.value()).sorted().collect(joining(" "));
    }
}
