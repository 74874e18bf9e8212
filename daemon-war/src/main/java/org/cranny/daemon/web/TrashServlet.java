package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cranny.daemon.grant.Grants;
import org.cranny.daemon.intake.Intake;
import org.cranny.daemon.trash.Trash;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.Grant;

/** Moves fragments into the trash, out of it and away, under grants that name each of them, or by their own source. */
@WebServlet(urlPatterns = {"/v1/trash", "/v1/untrash", "/v1/deletions"})
public class TrashServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Grants grants;

    @Inject
    private transient Intake intake;

    @Inject
    private transient Trash trash;

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            throw methodNotKnown(request);
        }
        Act act = act(request.getServletPath());
        String allotment = request.getHeader("Cranny-Allotment");
        if (allotment != null) {
            Allotment right = intake.rightToForget(caller(request), allotment);
            TrashOrder own = Orders.read(request, json(), TrashOrder.class);
            send(response, 200, trash.own(act, right, Orders.fragments(own.fragments(), Grant.MOST_FRAGMENTS)));
            return;
        }
        Grant grant = grants.check(caller(request), act, Orders.grant(request));
        TrashOrder order = Orders.read(request, json(), TrashOrder.class);
        send(response, 200, trash.act(grant, Orders.fragments(order.fragments(), Grant.MOST_FRAGMENTS)));
    }

    private static Act act(String path) {
        return switch (path) {
            case "/v1/trash" -> Act.TRASH;
            case "/v1/untrash" -> Act.UNTRASH;
            default -> Act.DELETE;
        };
    }
}
