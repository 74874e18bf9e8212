package org.cranny.web.pages.jobs;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.central.job.Job;
import org.cranny.central.job.JobQuery;
import org.cranny.central.job.Jobs;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.job.JobState;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Option;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** Jobs, newest first. What is shown stands in the address: state, system, after. */
@Named
@RequestScoped
public class JobList {
    private static final int PAGE = 50;

    @Inject
    Jobs jobs;

    @Inject
    Systems systems;

    @Inject
    Address address;

    @Inject
    Caller caller;

    private final Map<Long, String> names = new HashMap<>();
    private Optional<JobState> state = Optional.empty();
    private Optional<Long> system = Optional.empty();
    private List<Job> found;
    private List<Row> rows;

    /** A job. */
    public record Row(
            String title,
            String href,
            String machine,
            String when,
            String whenExactly,
            String tone,
            String state,
            String by,
            String took,
            String moved) {}

    @PostConstruct
    void look() {
        String word = address.text("state").orElse("");
        state = Arrays.stream(JobState.values())
                .filter(each -> Address.word(each).equals(word))
                .findFirst();
        system = address.number("system");
        found = jobs.list(new JobQuery(
                        state.orElse(null),
                        system.orElse(null),
                        address.number("after").orElse(null),
                        PAGE)
                .within(caller.sight()));
        Moments moments = new Moments(Instant.now(), address.zone());
        rows = found.stream().map(job -> row(job, moments)).toList();
    }

    private Row row(Job job, Moments moments) {
        return new Row(
                Texts.say("job.kind." + job.kind()),
                address.of(Page.JOB, "id", job.id()),
                name(job.system()),
                moments.said(job.created()),
                moments.exact(job.created()),
                JobWords.tone(job),
                JobWords.state(job),
                JobWords.by(job),
                JobWords.took(job, moments),
                JobWords.moved(job));
    }

    private String name(long number) {
        return names.computeIfAbsent(
                number, each -> systems.find(each).map(Machine::name).orElse("system " + each));
    }

    public String getHeadline() {
        long running = jobs.count(JobState.RUNNING, caller.sight());
        long waiting = jobs.count(JobState.WAITING, caller.sight());
        return running == 0 && waiting == 0
                ? Texts.say("jobs.headline.none")
                : Texts.count("jobs.headline", running, waiting);
    }

    public String getLead() {
        return system.map(number -> Texts.say("jobs.lead.of", name(number))).orElse(Texts.say("jobs.lead"));
    }

    public List<Option> getStates() {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", Texts.say("jobs.all"), state.isEmpty()));
        for (JobState each : JobState.values()) {
            options.add(new Option(
                    Address.word(each),
                    Texts.say("job.state." + each),
                    state.filter(each::equals).isPresent()));
        }
        return options;
    }

    public String getSystem() {
        return system.map(String::valueOf).orElse("");
    }

    public List<Row> getRows() {
        return rows;
    }

    public String getAll() {
        return address.of(Page.JOBS);
    }

    public boolean isFiltered() {
        return state.isPresent() || system.isPresent();
    }

    public String getAfter() {
        return found.size() < PAGE
                ? ""
                : address.of(
                        Page.JOBS,
                        "state",
                        state.map(Address::word).orElse(null),
                        "system",
                        system.orElse(null),
                        "after",
                        found.get(found.size() - 1).id());
    }
}
