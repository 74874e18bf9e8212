package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.status.Status;

/** Tells any system of the realm how this daemon is. */
@WebServlet(urlPatterns = "/v1/status")
public class StatusServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Identity identity;

    @Inject
    private transient Settings settings;

    @Inject
    private transient Room room;

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET")) {
            throw methodNotKnown(request);
        }
        Status status = new Status(
                identity.system().uri(),
                settings.name(),
                Status.VERSION,
                settings.hasCentral() ? settings.central().toString() : null,
                counters().boots(),
                room.capacity(),
                counters().all());
        send(response, 200, status);
    }
}
