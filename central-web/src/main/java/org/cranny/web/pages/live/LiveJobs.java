package org.cranny.web.pages.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.web.pages.frame.Page;

/**
 * Server-sent events for open pages: the jobs that run, whenever they are not as they were.
 *
 * <ul>
 *   <li>One look at the database every {@value #EVERY_MILLIS} ms for all pages together, and none while none is open.
 *   <li>A stream ends after {@value #LONGEST_MILLIS} ms; the browser comes again and shows anew who it is.
 *   <li>At most {@value #MOST} streams; whoever comes later sees no progress until a reload.
 * </ul>
 */
@WebServlet(urlPatterns = "/live", asyncSupported = true)
public class LiveJobs extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(LiveJobs.class.getName());
    private static final long EVERY_MILLIS = 1_500;
    private static final long LONGEST_MILLIS = 300_000;
    private static final int SILENT_LOOKS = 10;
    private static final int MOST = 100;

    @Inject
    transient RunningJobs running;

    @Resource
    private transient ManagedScheduledExecutorService scheduler;

    private final transient Queue<AsyncContext> open = new ConcurrentLinkedQueue<>();
    private final transient Jsonb json = JsonbBuilder.create();
    private transient ScheduledFuture<?> looking;
    private transient String told = "";
    private transient int silentFor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Page.OVERVIEW.isFor(request::isUserInRole)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        if (open.size() >= MOST) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.setContentType("text/event-stream;charset=UTF-8");
        AsyncContext stream = request.startAsync();
        stream.setTimeout(LONGEST_MILLIS);
        Ending ending = new Ending(open);
        stream.addListener(ending);
        if (write(stream, "retry: 3000\ndata: " + now() + "\n\n")) {
            open.add(stream);
            look();
        }
    }

    private synchronized void look() {
        if (looking == null) {
            looking = scheduler.scheduleWithFixedDelay(this::tell, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void tell() {
        if (open.isEmpty()) {
            looking.cancel(false);
            looking = null;
            return;
        }
        try {
            String now = now();
            boolean news = !now.equals(told);
            silentFor = news ? 0 : silentFor + 1;
            told = now;
            if (news || silentFor >= SILENT_LOOKS) {
                silentFor = 0;
                String event = news ? "data: " + now + "\n\n" : ": still here\n\n";
                open.removeIf(stream -> !write(stream, event));
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "open pages could not be told which jobs run", e);
        }
    }

    private String now() {
        return json.toJson(running.now());
    }

    private static boolean write(AsyncContext stream, String event) {
        try {
            var out = stream.getResponse().getWriter();
            out.write(event);
            out.flush();
            return !out.checkError();
        } catch (IOException | IllegalStateException gone) {
            return false;
        }
    }

    @Override
    public synchronized void destroy() {
        if (looking != null) {
            looking.cancel(true);
        }
        open.forEach(Ending::end);
    }
}
