package org.cranny.web.pages.jobs;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.cranny.central.job.Job;
import org.cranny.central.job.Jobs;
import org.cranny.central.policy.Scope;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobWarning;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.live.RunningJob;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** One job: what was ordered, how far it is, what came of it. */
@Named
@RequestScoped
public class JobView {
    private static final int PATHS = 50;

    @Inject
    Jobs jobs;

    @Inject
    Systems systems;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    private Moments moments;
    private Job job;

    /** A name and what is said of it. */
    public record Fact(String name, String value) {}

    @PostConstruct
    void find() {
        moments = new Moments(Instant.now(), address.zone());
        job = address.number("id").flatMap(this::job).orElse(null);
    }

    private Optional<Job> job(long id) {
        try {
            return Optional.of(jobs.find(id));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /** Says that there is no such job, or carries out what a button asks for. */
    public void act() {
        if (job == null) {
            Missing.answer();
        } else if (address.isSentForm()) {
            deed.carryOut(address.of(Page.JOB, "id", job.id()), visitor.ordersFor(job.system()), () -> {
                jobs.cancel(caller.name(), job.id());
                return Texts.say("said.cancelled");
            });
        }
    }

    public long getId() {
        return job.id();
    }

    private String machine() {
        return systems.find(job.system()).map(Machine::name).orElse("system " + job.system());
    }

    public String getHeadline() {
        String kind = Texts.say("job.kind." + job.kind());
        return job.hold() == null
                ? Texts.say("job.headline." + job.state(), kind, machine())
                : Texts.say("job.headline.held", kind, machine(), JobWords.hold(job.hold(), moments));
    }

    public String getBadge() {
        return JobWords.state(job);
    }

    public String getTone() {
        return JobWords.tone(job);
    }

    public String getLead() {
        return Texts.say("job.lead", JobWords.by(job), moments.said(job.created()));
    }

    public boolean isOver() {
        return job.state().ended();
    }

    public boolean isStoppable() {
        return !job.state().ended() && job.cancelledBy() == null && visitor.ordersFor(job.system());
    }

    public RunningJob getProgress() {
        return RunningJob.of(job, machine());
    }

    public boolean isRunning() {
        return job.state().name().equals("RUNNING");
    }

    public String getMachineHref() {
        return address.of(Page.SYSTEM, "id", job.system());
    }

    /** What holds for the machine, of a job that went by it; empty for others, and for whoever may not open it. */
    public String getPolicyHref() {
        return JobKind.RUN_NOW.name().equals(job.kind()) && visitor.opens("POLICY")
                ? address.of(Page.POLICY, "scope", Scope.SYSTEM.word(), "name", job.system())
                : "";
    }

    public String getMachine() {
        return machine();
    }

    public String getStarted() {
        return job.started() == null ? Texts.say("not-yet") : moments.exact(job.started());
    }

    public String getEnded() {
        return job.ended() == null ? Texts.say("not-yet") : moments.exact(job.ended());
    }

    public String getMessage() {
        return job.message() == null ? "" : job.message();
    }

    public int getAttempts() {
        return job.attempts();
    }

    public List<Fact> getOrder() {
        return job.order() == null
                ? List.of()
                : new TreeMap<>(job.order())
                        .entrySet().stream()
                                .map(each -> new Fact(each.getKey(), String.valueOf(each.getValue())))
                                .toList();
    }

    public List<Fact> getSummary() {
        return job.summary() == null
                ? List.of()
                : new TreeMap<>(job.summary())
                        .entrySet().stream()
                                .map(each -> new Fact(each.getKey(), String.valueOf(each.getValue())))
                                .toList();
    }

    public List<String> getPaths() {
        return job.pages() == 0
                ? List.of()
                : jobs.paths(job.id(), 1).paths().stream().limit(PATHS).toList();
    }

    public String getMorePaths() {
        return job.paths() > PATHS ? Texts.count("job.more-paths", job.paths() - PATHS) : "";
    }

    public long getWarnings() {
        return job.warnings();
    }

    public List<JobWarning> getExamples() {
        return job.examples() == null ? List.of() : job.examples();
    }
}
