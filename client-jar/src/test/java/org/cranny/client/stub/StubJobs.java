package org.cranny.client.stub;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cranny.client.stub.StubCentral.Answer;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobPaths;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.ProgressAnswer;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;

/** Jobs of one source in memory: each offer is given once unless it is given back, results are remembered. */
public final class StubJobs {
    private static final Jsonb JSON = JsonbBuilder.create();

    private final Deque<JobOffer> offers = new ArrayDeque<>();
    private final List<JobResult> results = new ArrayList<>();
    private final Map<Long, List<String>> paths = new HashMap<>();
    private final Map<Long, JobOffer> given = new HashMap<>();
    private String hold;
    private boolean away;
    private boolean cancel;
    private boolean passed;
    private int reports;

    /** @param files of the job, on two pages when there are several */
    public synchronized void offer(long job, String kind, Map<String, Object> order, String... files) {
        paths.put(job, List.of(files));
        offers.add(new JobOffer(job, 1, kind, order, files.length, files.length > 1 ? 2 : files.length, 1, 60));
    }

    /** The next report hears that the job is not wanted any more. */
    public synchronized void cancel() {
        cancel = true;
    }

    /** Whether requests about jobs are answered as by a server without the application. */
    public synchronized void goAway(boolean gone) {
        away = gone;
    }

    /** The next report hears that somebody else has the job. */
    public synchronized void pass() {
        passed = true;
    }

    public synchronized List<JobResult> results() {
        return List.copyOf(results);
    }

    /** Waits until so many results came. */
    public synchronized List<JobResult> awaitResults(int count) throws InterruptedException {
        while (results.size() < count) {
            wait();
        }
        return results();
    }

    public synchronized void awaitReport() throws InterruptedException {
        int before = reports;
        while (reports == before) {
            wait();
        }
    }

    /** Waits until an agent says what holds it, by kind; "" for nothing. */
    public synchronized void awaitHold(String kind) throws InterruptedException {
        while (!kind.equals(hold)) {
            wait();
        }
    }

    private Answer claim(JobClaim claim) {
        hold = claim.hold() == null ? "" : claim.hold().kind();
        notifyAll();
        for (JobOffer offer : offers) {
            boolean planned = offer.order().get("due") != null;
            if (claim.hold() == null || !claim.hold().all() && !planned) {
                offers.remove(offer);
                given.put(offer.job(), offer);
                return Answer.json(offer);
            }
        }
        return new Answer(204, "application/json", "");
    }

    synchronized Answer answer(String path, String body) {
        if (away) {
            return new Answer(503, "text/html", "<html>not now</html>");
        }
        if (path.endsWith("/claim")) {
            return claim(JSON.fromJson(body, JobClaim.class));
        }
        if (path.contains("/paths")) {
            List<String> all = paths.get(Long.parseLong(path.split("/")[4]));
            int page = Integer.parseInt(path.substring(path.indexOf("page=") + 5));
            int middle = (all.size() + 1) / 2;
            return Answer.json(
                    new JobPaths(page, 2, page == 1 ? all.subList(0, middle) : all.subList(middle, all.size())));
        }
        if (path.endsWith("/progress")) {
            reports++;
            notifyAll();
            return passed
                    ? Answer.problem(Problem.of(ProblemKind.CLAIM_PASSED, "somebody else has it"))
                    : Answer.json(new ProgressAnswer(cancel, 1));
        }
        JobResult result = JSON.fromJson(body, JobResult.class);
        results.add(result);
        if (result.state().equals("WAITING")) {
            offers.push(given.get(Long.parseLong(path.split("/")[4])));
        }
        notifyAll();
        return new Answer(204, "application/json", "");
    }
}
