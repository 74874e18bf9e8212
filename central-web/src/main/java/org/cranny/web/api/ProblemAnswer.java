package org.cranny.web.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.cranny.protocol.problem.ProblemException;

/** Answers a problem as it stands. */
@Provider
public class ProblemAnswer implements ExceptionMapper<ProblemException> {
    @Override
    public Response toResponse(ProblemException problem) {
        return Problems.answer(problem.problem());
    }
}
