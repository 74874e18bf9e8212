package org.cranny.daemon.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Every other address: there is nothing. */
@WebServlet(urlPatterns = "/")
public class ElsewhereServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) {
        throw new ProblemException(ProblemKind.NOT_FOUND, "nothing is answered here");
    }
}
