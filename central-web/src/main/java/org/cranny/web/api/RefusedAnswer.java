package org.cranny.web.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;

/** What JAX-RS itself refuses: no such path, a method or media type that is not there, a parameter that is no number. */
@Provider
public class RefusedAnswer implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException refused) {
        Response original = refused.getResponse();
        if (original.hasEntity() || original.getStatus() < 400) {
            return original;
        }
        ProblemKind kind = kind(original.getStatus());
        Problem problem =
                new Problem(kind.name(), original.getStatus(), detail(original.getStatus()), kind.advice(), null, null);
        return Response.fromResponse(original)
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    private static ProblemKind kind(int status) {
        return switch (status) {
            case 401 -> ProblemKind.NOT_LOGGED_IN;
            case 403 -> ProblemKind.NOT_ALLOWED;
            case 404 -> ProblemKind.NOT_FOUND;
            case 406, 415 -> ProblemKind.UNSUPPORTED;
            case 413 -> ProblemKind.TOO_LARGE;
            default -> status < 500 ? ProblemKind.BAD_REQUEST : ProblemKind.INTERNAL;
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take this method.";
            case 406 -> "No answer of the wanted type can be given.";
            case 415 -> "A body of this media type is not taken here.";
            default -> "The request was refused with status " + status + ".";
        };
    }
}
