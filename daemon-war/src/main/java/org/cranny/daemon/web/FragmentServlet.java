package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.cranny.daemon.grant.Grants;
import org.cranny.daemon.intake.Intake;
import org.cranny.daemon.shelf.Fragment;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.status.Counters.Counter;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.receipt.PutAnswer;

/**
 * Puts, gets and lists the caller's own fragments; gets and lists those of another source with a grant to read. There is
 * nothing here that deletes or overwrites.
 */
@WebServlet(urlPatterns = {"/v1/fragments", "/v1/fragments/*"})
public class FragmentServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;
    private static final int STEP = 128 * 1024;
    private static final int PAGE = 1_000;
    private static final int LONGEST_PAGE = 10_000;

    @Inject
    private transient Shelf shelf;

    @Inject
    private transient Intake intake;

    @Inject
    private transient Grants grants;

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean one = request.getPathInfo() != null && request.getPathInfo().length() > 1;
        switch (request.getMethod()) {
            case "PUT" -> put(request, response, id("id", named(request)));
            case "GET" -> {
                if (one) {
                    get(request, response, id("id", named(request)));
                } else {
                    list(request, response);
                }
            }
            case "HEAD" -> head(request, response, id("id", named(request)));
            default -> throw methodNotKnown(request);
        }
    }

    private void put(HttpServletRequest request, HttpServletResponse response, FragmentId id) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0) {
            throw new ProblemException(Problem.ofField("Content-Length", "the length of the body is missing"));
        }
        Intake.Taken taken = intake.put(
                caller(request), id, length, request.getHeader("Cranny-Allotment"), request.getInputStream());
        send(response, taken.isNew() ? 201 : 200, new PutAnswer(taken.receipt().text()));
    }

    private void get(HttpServletRequest request, HttpServletResponse response, FragmentId id) throws IOException {
        Reading reading = Reading.of(request, grants);
        reading.reach(id);
        try (Fragment fragment = shelf.open(reading.source(), id).orElseThrow(() -> notHere(id))) {
            ByteRange range = ByteRange.of(request.getHeader("Range"), fragment.length());
            reading.use(range.count());
            response.setStatus(range.whole() ? 200 : 206);
            if (!range.whole()) {
                response.setHeader("Content-Range", range.contentRange(fragment.length()));
            }
            describe(response, id, range.count());
            counters().add(Counter.GET_REQUESTS, 1);
            copy(fragment, range, response.getOutputStream());
        }
    }

    private void copy(Fragment fragment, ByteRange range, OutputStream out) throws IOException {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(STEP, Math.max(1, range.count())));
        long end = range.first() + range.count();
        for (long at = range.first(); at < end; ) {
            part.clear().limit((int) Math.min(part.capacity(), end - at));
            int count = fragment.read(part, at);
            out.write(part.array(), 0, count);
            at += count;
            counters().add(Counter.GET_BYTES, count);
        }
    }

    private void head(HttpServletRequest request, HttpServletResponse response, FragmentId id) throws IOException {
        Reading reading = Reading.of(request, grants);
        reading.reach(id);
        long length = shelf.length(reading.source(), id).orElseThrow(() -> notHere(id));
        response.setStatus(200);
        describe(response, id, length);
    }

    private static void describe(HttpServletResponse response, FragmentId id, long length) {
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(length);
        response.setHeader("ETag", "\"" + id + "\"");
        response.setHeader("Accept-Ranges", "bytes");
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SystemId source = Reading.of(request, grants).all().source();
        String after = parameter(request, "after");
        FragmentId from = after == null ? null : id("after", after);
        send(response, 200, shelf.list(source, from, limit(parameter(request, "limit"))));
    }

    /** @throws ProblemException BAD_REQUEST when the address is badly encoded, which the server finds out only now */
    private static String parameter(HttpServletRequest request, String name) {
        try {
            return request.getParameter(name);
        } catch (IllegalStateException e) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "the address is badly encoded");
        }
    }

    private static int limit(String text) {
        if (text == null) {
            return PAGE;
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LONGEST_PAGE) {
            throw new ProblemException(Problem.ofField("limit", "limit is a number from 1 to " + LONGEST_PAGE));
        }
        return Integer.parseInt(text);
    }

    private static String named(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? "" : path.substring(1);
    }

    private static FragmentId id(String field, String text) {
        try {
            return FragmentId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.ofField(field, e.getMessage()));
        }
    }

    private static ProblemException notHere(FragmentId id) {
        return new ProblemException(ProblemKind.NOT_FOUND, "no fragment " + id + " of this source is here");
    }
}
