package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Callers;
import org.cranny.daemon.shelf.BrokenBodyException;
import org.cranny.daemon.status.Counters;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Answers systems of the realm and nobody else: every request is a known caller's before any method sees it, no caller
 * has more than its share of the threads, and every failure leaves as {@code application/problem+json}.
 */
abstract class MachineServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(MachineServlet.class.getName());
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String CALLER = Caller.class.getName();
    private static final FairShare SHARE = new FairShare();

    @Inject
    private transient Callers callers;

    @Inject
    private transient Counters counters;

    @Inject
    private transient Jsonb json;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Caller caller = identify(request);
            request.setAttribute(CALLER, caller);
            try (FairShare.Turn turn = SHARE.begin(caller == null ? null : caller.system())) {
                answer(request, response);
            }
        } catch (ProblemException e) {
            refuse(response, e.problem());
        } catch (BrokenBodyException e) {
            refuse(response, Problem.of(ProblemKind.BAD_REQUEST, e.getMessage()));
        } catch (IOException | RuntimeException e) {
            fail(response, e);
        }
    }

    /** Who calls. @throws ProblemException when it is nobody who may */
    Caller identify(HttpServletRequest request) {
        return callers.identify((X509Certificate[]) request.getAttribute(CERTIFICATES));
    }

    /** Answers a request whose caller is known. */
    abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

    static Caller caller(HttpServletRequest request) {
        return (Caller) request.getAttribute(CALLER);
    }

    final Jsonb json() {
        return json;
    }

    final Counters counters() {
        return counters;
    }

    final void send(HttpServletResponse response, int status, Object body) throws IOException {
        send(response, status, "application/json", body);
    }

    static ProblemException methodNotKnown(HttpServletRequest request) {
        Problem problem = Problem.of(ProblemKind.BAD_REQUEST, "no " + request.getMethod() + " is answered here");
        return new ProblemException(new Problem(problem.kind(), 405, problem.detail(), problem.advice(), null, null));
    }

    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        counters.refused(problem.kind());
        if (!response.isCommitted()) {
            response.reset();
            send(response, problem.status(), Problem.MEDIA_TYPE, problem);
        }
    }

    private void fail(HttpServletResponse response, Exception e) throws IOException {
        if (response.isCommitted()) {
            throw new IOException("the answer broke off", e);
        }
        String id = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "request failed, id " + id, e);
        refuse(response, Problem.of(ProblemKind.INTERNAL, "it failed here; the log names it " + id));
    }

    private void send(HttpServletResponse response, int status, String type, Object body) throws IOException {
        byte[] octets = json.toJson(body).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(octets.length);
        response.getOutputStream().write(octets);
    }
}
