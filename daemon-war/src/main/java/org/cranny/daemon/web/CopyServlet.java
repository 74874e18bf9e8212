package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import org.cranny.daemon.copy.Copies;
import org.cranny.daemon.grant.Grants;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Issuers;
import org.cranny.daemon.intake.Intake;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.PublicKeys;

/** Fetches fragments from another daemon, under a grant to copy that names each of them. */
@WebServlet(urlPatterns = "/v1/copies")
public class CopyServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Grants grants;

    @Inject
    private transient Copies copies;

    @Inject
    private transient Issuers issuers;

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            throw methodNotKnown(request);
        }
        Caller caller = caller(request);
        Grant grant = grants.check(caller, Act.COPY, Orders.grant(request));
        if (!issuers.isOwn(grant.source().realm())) {
            throw new ProblemException(ProblemKind.NO_GRANT, "copies are made in the daemon's own realm alone");
        }
        CopyOrder order = Orders.read(request, json(), CopyOrder.class);
        check(order, grant);
        grants.use(caller, grant, bytes(order));
        try {
            send(response, 200, copies.fetch(source(grant.source(), order.sourceKey()), order));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the daemon is stopping", e);
        }
    }

    static void check(CopyOrder order, Grant grant) {
        if (order.fragments() == null || order.fragments().contains(null)) {
            throw new ProblemException(Problem.ofField("fragments", "an order names fragments"));
        }
        List<String> ids =
                order.fragments().stream().map(CopyOrder.Item::fragment).toList();
        for (FragmentId id : Orders.fragments(ids, CopyOrder.MOST_FRAGMENTS)) {
            if (!grant.fragments().contains(id)) {
                throw new ProblemException(ProblemKind.NO_GRANT, "the grant does not name fragment " + id);
            }
        }
        for (CopyOrder.Item item : order.fragments()) {
            if (item.length() < 1 || item.length() > Intake.MOST_OCTETS) {
                throw new ProblemException(Problem.ofField("fragments", "a length is out of range"));
            }
        }
        if (order.address() == null || !isHttps(order.address()) || order.grant() == null) {
            throw new ProblemException(Problem.ofField("address", "an order names an https address and a grant"));
        }
    }

    private static boolean isHttps(String address) {
        try {
            URI uri = URI.create(address);
            return "https".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static long bytes(CopyOrder order) {
        return order.fragments().stream().mapToLong(CopyOrder.Item::length).sum();
    }

    static Caller source(SystemId source, String key) {
        try {
            return new Caller(source, PublicKeys.p256(Base64.getDecoder().decode(key)));
        } catch (MalformedException | IllegalArgumentException | NullPointerException e) {
            throw new ProblemException(Problem.ofField("sourceKey", "it is no public key"));
        }
    }
}
