package org.cranny.daemon.web;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.BriskStream;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Reads what a request's body and header say, and refuses what nobody means. */
final class Orders {
    private static final String GRANT = "Cranny-Grant";
    private static final int LONGEST = 1 << 20;

    private Orders() {}

    static <T> T read(HttpServletRequest request, Jsonb json, Class<T> type) {
        return parse(body(request, LONGEST), json, type);
    }

    /**
     * A whole body.
     *
     * @throws ProblemException TOO_LARGE, or BAD_REQUEST when it breaks off or comes too slowly
     */
    static byte[] body(HttpServletRequest request, int most) {
        byte[] body;
        try {
            body = new BriskStream(request.getInputStream()).readNBytes(most + 1);
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "the body did not come whole");
        }
        if (body.length > most) {
            throw new ProblemException(ProblemKind.TOO_LARGE, "the body is longer than " + most + " octets");
        }
        return body;
    }

    static <T> T parse(byte[] body, Jsonb json, Class<T> type) {
        try {
            T order = json.fromJson(ClosedJson.text(body), type);
            if (order != null) {
                return order;
            }
        } catch (JsonbException | MalformedException e) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "the body is no such order");
        }
        throw new ProblemException(ProblemKind.BAD_REQUEST, "the body is missing");
    }

    static String grant(HttpServletRequest request) {
        String shown = request.getHeader(GRANT);
        if (shown == null) {
            throw new ProblemException(ProblemKind.NO_GRANT, "the request shows no grant");
        }
        return shown;
    }

    static List<FragmentId> fragments(List<String> ids, int most) {
        if (ids == null || ids.isEmpty() || ids.size() > most) {
            throw new ProblemException(Problem.ofField("fragments", "an order has 1 to " + most + " fragments"));
        }
        List<FragmentId> fragments = new ArrayList<>();
        for (String id : ids) {
            try {
                fragments.add(FragmentId.of(id));
            } catch (IllegalArgumentException | NullPointerException e) {
                throw new ProblemException(Problem.ofField("fragments", "this is no fragment id: " + id));
            }
        }
        return fragments;
    }
}
