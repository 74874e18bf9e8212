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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** Who may call what, enumerated by reflection: a resource without a row in the matrix breaks the build. */
class AccessTest {
    private static final java.nio.file.Path MATRIX = java.nio.file.Path.of("../docs/reference/access.md");
    private static final List<String> PEOPLE =
            List.of("owner", "helpdesk", "administrator", "recovery-officer", "auditor");

    @Test
    void everyResourceIsForThoseItShouldBeFor() throws IOException {
        assertEquals(expected(), declared());
    }

    @Test
    void rightsOfOwnersAreForTheirOwnMachines() throws IOException {
        for (String[] row : rows("Request")) {
            assertTrue(row[2].isEmpty() || row[2].equals("own"), row[1]);
        }
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
        for (String role : String.join(" ", expected().values()).split(" ")) {
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

    private static Map<String, String> expected() throws IOException {
        Map<String, String> access = new TreeMap<>();
        for (String[] row : rows("Request")) {
            Set<String> roles = new TreeSet<>(row[7].isEmpty() ? List.of() : List.of(row[7].split(" ")));
            for (int i = 0; i < PEOPLE.size(); i++) {
                if (!row[2 + i].isEmpty()) {
                    roles.add(PEOPLE.get(i));
                }
            }
            access.put(row[1].replace("`", ""), String.join(" ", roles));
        }
        return access;
    }

    /** Rows of the table whose first column has this name. */
    private static List<String[]> rows(String column) throws IOException {
        List<String[]> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(MATRIX)) {
            String[] cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            inside = line.startsWith("| " + column + " |") || inside && line.startsWith("|");
            if (inside && line.startsWith("| `")) {
                rows.add(cells);
            }
        }
        return rows;
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
