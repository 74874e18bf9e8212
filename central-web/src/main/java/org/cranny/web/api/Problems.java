package org.cranny.web.api;

import jakarta.ws.rs.core.Response;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Makes problems into answers, and checks what a caller may have left out. */
final class Problems {
    private Problems() {}

    static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    /** The body, which must be there. */
    static <T> T needed(T body) {
        if (body == null) {
            throw new ProblemException(Problem.of(ProblemKind.BAD_REQUEST, "The request has no body."));
        }
        return body;
    }

    /** A number within its limits. */
    static int between(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ProblemException(
                    Problem.ofField(field, field + " must be from " + least + " to " + most + ", not " + value + "."));
        }
        return value;
    }
}
