package org.cranny.web.security;

import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;

/** A problem on its way out, from the servlet layer or from JAX-RS, in the same words. */
record Refusal(Problem problem) {
    private static final String CHALLENGE_HEADER = "WWW-Authenticate";
    private static final String CHALLENGE = "Basic realm=\"cranny\", charset=\"UTF-8\"";

    static Refusal notLoggedIn() {
        return new Refusal(Problem.of(ProblemKind.NOT_LOGGED_IN, "Name and password are missing or wrong."));
    }

    static Refusal directoryAway() {
        return new Refusal(Problem.of(ProblemKind.DIRECTORY_AWAY, "The directory of people does not answer."));
    }

    static Refusal notAllowed() {
        return new Refusal(Problem.of(ProblemKind.NOT_ALLOWED, "This account or machine may not do that."));
    }

    static Refusal shutOut() {
        return new Refusal(
                Problem.of(ProblemKind.REVOKED, "Central does not know this certificate, or shut its machine out."));
    }

    static Refusal unreadable() {
        return new Refusal(Problem.of(ProblemKind.BAD_REQUEST, "The address has a character that is in no name."));
    }

    static Refusal tooLarge(long limit) {
        return new Refusal(Problem.of(ProblemKind.TOO_LARGE, "The body is larger than " + limit + " bytes."));
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        if (isChallenge()) {
            response.setHeader(CHALLENGE_HEADER, CHALLENGE);
        }
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(JsonbBuilder.create().toJson(problem));
    }

    Response response() {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        return isChallenge() ? answer.header(CHALLENGE_HEADER, CHALLENGE).build() : answer.build();
    }

    private boolean isChallenge() {
        return problem.status() == HttpServletResponse.SC_UNAUTHORIZED;
    }
}
