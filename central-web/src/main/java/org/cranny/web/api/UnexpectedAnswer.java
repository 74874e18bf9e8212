package org.cranny.web.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** A bug or a fault below us: the log gets everything, the caller an id to find it by. */
@Provider
public class UnexpectedAnswer implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(UnexpectedAnswer.class.getName());

    @Override
    public Response toResponse(Throwable unexpected) {
        for (Throwable cause = unexpected; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return Problems.answer(problem.problem());
            }
        }
        String id = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "Request failed, id " + id, unexpected);
        return Problems.answer(Problem.of(ProblemKind.INTERNAL, "Central could not do this; id " + id + "."));
    }
}
