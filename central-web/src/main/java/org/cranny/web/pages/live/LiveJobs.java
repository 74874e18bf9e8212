package org.cranny.web.pages.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.job.Job;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.security.Caller;

/**
 * Server-sent events for open pages: the jobs that run, whenever they are not as they were; to owners those of their own
 * machines.
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
    private static final int MOST = 100;
    private static final String STREAM = "text/event-stream;charset=UTF-8";

    @Inject
    transient RunningJobs running;

    @Inject
    transient Caller caller;

    @Resource
    private transient ManagedScheduledExecutorService scheduler;

    private final transient Queue<LiveStream> open = new ConcurrentLinkedQueue<>();
    private transient ScheduledFuture<?> looking;

    /** The head alone: a stream that nobody can read would stay open for nothing. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (mayRead(request, response)) {
            response.setContentType(STREAM);
        }
    }

    /** Answers whoever may not. */
    private static boolean mayRead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean may = Page.JOBS.isFor(request::isUserInRole);
        if (!may) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
        return may;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!mayRead(request, response)) {
            return;
        }
        if (open.size() >= MOST) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        caller.countOnly(Page.JOBS.roles());
        List<Long> sight = caller.sight();
        response.setContentType(STREAM);
        LiveStream stream =
                new LiveStream(request.startAsync(), sight == null ? null : Set.copyOf(sight), LONGEST_MILLIS, open);
        if (stream.begin(running.now(sight))) {
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
            List<Job> look = running.look();
            List<RunningJob> all = running.shown(look, null);
            open.removeIf(stream -> !stream.tell(stream.seesAll() ? all : running.shown(look, stream.sight())));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "open pages could not be told which jobs run", e);
        }
    }

    @Override
    public synchronized void destroy() {
        if (looking != null) {
            looking.cancel(true);
        }
        open.forEach(LiveStream::end);
    }
}
