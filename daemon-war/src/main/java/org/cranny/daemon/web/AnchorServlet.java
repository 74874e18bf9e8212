package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cranny.daemon.anchor.Anchors;
import org.cranny.protocol.anchor.AnchorOrder;
import org.cranny.protocol.anchor.KeptAnchors;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Takes heads of central's log from central, and shows them to every system of the realm. */
@WebServlet("/v1/log-anchors")
public class AnchorServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;
    private static final long CENTRAL = 1;
    private static final int MOST_SHOWN = 1_000;

    @Inject
    private transient Anchors anchors;

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "POST" -> {
                if (caller(request).system().number() != CENTRAL) {
                    throw new ProblemException(ProblemKind.NOT_ALLOWED, "only central has its log anchored");
                }
                anchors.keep(Orders.read(request, json(), AnchorOrder.class).anchor());
                send(response, 200, new KeptAnchors(anchors.newest(1)));
            }
            case "GET" -> send(response, 200, new KeptAnchors(anchors.newest(MOST_SHOWN)));
            default -> throw methodNotKnown(request);
        }
    }
}
