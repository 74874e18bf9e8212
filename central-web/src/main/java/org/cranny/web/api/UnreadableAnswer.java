package org.cranny.web.api;

import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * A body that is not the JSON expected. The member that is wrong is named; the rest of what the parser says stays here: it
 * may repeat what was sent.
 */
@Provider
public class UnreadableAnswer implements ExceptionMapper<ProcessingException> {
    /** As the parser names a member of ours; the innermost one comes last. */
    private static final Pattern MEMBER = Pattern.compile("property '([A-Za-z]{1,40})'");

    @Override
    public Response toResponse(ProcessingException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return Problems.answer(problem.problem());
            }
            if (cause instanceof JsonbException json) {
                return Problems.answer(problem(json));
            }
        }
        return Problems.answer(Problem.of(ProblemKind.BAD_REQUEST, "The body is not the JSON expected here."));
    }

    static Problem problem(JsonbException unreadable) {
        String member = null;
        Matcher named = MEMBER.matcher(String.valueOf(unreadable.getMessage()));
        while (named.find()) {
            member = named.group(1);
        }
        return member == null
                ? Problem.of(ProblemKind.BAD_REQUEST, "The body is not the JSON expected here.")
                : Problem.ofField(member, "What " + member + " holds is not of the kind expected here.");
    }
}
