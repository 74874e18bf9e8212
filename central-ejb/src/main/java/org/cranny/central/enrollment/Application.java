package org.cranny.central.enrollment;

import java.util.List;
import java.util.Set;
import org.cranny.central.system.Addresses;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * Reads an enrollment request and refuses what no machine sends. Names and labels stand in lines of the master file, so
 * nothing that could break a line or hide in one is let in.
 */
final class Application {
    static final Set<String> ROLES = Set.of("source", "host", "monitor");
    private static final int LONGEST = 100;

    private Application() {}

    static void check(EnrollmentRequest request) {
        checkText("name", request.name());
        checkRoles("roles", request.roles());
        if (request.roles().contains("host")) {
            Addresses.check("address", request.address());
        }
        if (request.failureDomain() != null) {
            checkText("failureDomain", request.failureDomain());
            need(
                    !request.failureDomain().startsWith("host:"),
                    "failureDomain",
                    "labels that begin with host: are central's to give");
        }
    }

    static void checkRoles(String field, List<String> roles) {
        need(
                roles != null
                        && !roles.isEmpty()
                        && roles.stream().allMatch(role -> role != null && ROLES.contains(role)),
                field,
                "roles are source, host and monitor, or some of them");
    }

    static void checkText(String field, String text) {
        need(text != null && !text.isBlank(), field, "it is missing");
        need(text.length() <= LONGEST, field, "it has more than " + LONGEST + " characters");
        need(text.codePoints().allMatch(Application::harmless), field, "it has characters that cannot be shown");
    }

    private static boolean harmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static void need(boolean right, String field, String detail) {
        if (!right) {
            throw new ProblemException(Problem.ofField(field, detail));
        }
    }
}
