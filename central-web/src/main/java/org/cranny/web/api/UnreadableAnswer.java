package org.cranny.web.api;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** A body that is not the JSON expected. What the parser says stays here: it may repeat what was sent. */
@Provider
public class UnreadableAnswer implements ExceptionMapper<ProcessingException> {
    @Override
    public Response toResponse(ProcessingException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return Problems.answer(problem.problem());
            }
        }
        return Problems.answer(Problem.of(ProblemKind.BAD_REQUEST, "The body is not the JSON expected here."));
    }
}
