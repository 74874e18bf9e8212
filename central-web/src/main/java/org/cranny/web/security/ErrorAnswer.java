package org.cranny.web.security;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;

/** What callers see when something failed outside JAX-RS: a problem for programs, one plain sentence for people, never a trace. */
@WebServlet("/error")
public class ErrorAnswer extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(ErrorAnswer.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = status(request);
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure && status >= 500) {
            LOG.log(Level.ERROR, "Request failed", failure);
        }
        response.setStatus(status);
        if (isForProgram(request)) {
            new Refusal(problem(status)).send(response);
        } else {
            response.setContentType("text/html;charset=UTF-8");
            response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
            response.getWriter().write(page(status, request.getContextPath()));
        }
    }

    private static int status(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? status
                : HttpServletResponse.SC_NOT_FOUND;
    }

    private static boolean isForProgram(HttpServletRequest request) {
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        return path.startsWith(request.getContextPath() + "/api/") || Door.of(request) == Door.MACHINES;
    }

    private static Problem problem(int status) {
        ProblemKind kind =
                switch (status) {
                    case 401 -> ProblemKind.NOT_LOGGED_IN;
                    case 403 -> ProblemKind.NOT_ALLOWED;
                    case 404 -> ProblemKind.NOT_FOUND;
                    default -> status < 500 ? ProblemKind.BAD_REQUEST : ProblemKind.INTERNAL;
                };
        return new Problem(kind.name(), status, sentence(status), kind.advice(), null, null);
    }

    private static String sentence(int status) {
        return switch (status) {
            case 401, 403 -> "This account may not see that.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take this method.";
            default ->
                status < 500 ? "The request was not understood." : "Central could not do this; its log says why.";
        };
    }

    private static String page(int status, String contextPath) {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Cranny</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style>
                </head><body><h1>%s</h1><p><a href="%s/">Back to the overview</a></p></body></html>
                """.formatted(sentence(status), contextPath);
    }
}
