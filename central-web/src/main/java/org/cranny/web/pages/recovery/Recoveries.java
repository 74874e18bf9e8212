package org.cranny.web.pages.recovery;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.Approvals;
import org.cranny.central.recovery.ArchiveRun;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** Recoveries that were asked for, and leave that somebody has to give. */
@Named("recoveryList")
@RequestScoped
public class Recoveries {
    private static final int SHOWN = 50;

    @Inject
    org.cranny.central.recovery.Recoveries recoveries;

    @Inject
    Approvals approvals;

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

    private final Map<Long, String> names = new HashMap<>();
    private Moments moments;
    private List<Asked> asked;
    private List<Row> rows;

    /** Leave that somebody asked for. @param own whether it was the visitor, who takes it back by refusing */
    public record Asked(
            long id,
            String machine,
            String sentence,
            String why,
            String when,
            String rule,
            boolean own,
            boolean givable,
            boolean refusable) {}

    /**
     * A recovery.
     *
     * @param tone of its state
     * @param progress what came of it so far, or empty
     * @param archive whether it can be taken to this browser now
     * @param tell whether the other machine's agent waits to be told
     */
    public record Row(
            long id,
            String machine,
            String way,
            String by,
            String when,
            String whenExactly,
            String tone,
            String state,
            String progress,
            List<String> problems,
            boolean archive,
            boolean tell,
            String job) {}

    @PostConstruct
    void look() {
        moments = new Moments(Instant.now(), address.zone());
        asked = approvals.newest(true, caller.sight(), SHOWN).stream()
                .map(this::asked)
                .toList();
        rows = recoveries.newest(caller.sight(), SHOWN).stream().map(this::row).toList();
    }

    /** Carries out what a button asks for. */
    public void act() {
        if (!address.isSentForm()) {
            return;
        }
        String here = address.of(Page.RECOVERY);
        address.number("give")
                .ifPresent(id -> deed.carryOutTo(here, true, () -> {
                    approvals.give(caller.name(), caller.roles(), id);
                    deed.say(Texts.say("said.given", id));
                    return here;
                }));
        address.number("refuse")
                .ifPresent(id -> deed.carryOutTo(here, true, () -> {
                    deed.require(visitor.refuses(approvals.find(id)));
                    approvals.refuse(caller.name(), id);
                    deed.say(Texts.say("said.refused", id));
                    return here;
                }));
        address.number("tell")
                .ifPresent(id -> deed.carryOut(here, true, () -> {
                    requireRecovering(id);
                    recoveries.tell(caller.name(), id);
                    return Texts.say("said.told", id);
                }));
        address.number("archive").ifPresent(id -> stream(here, id));
    }

    private void requireRecovering(long recovery) {
        deed.require(visitor.recovers(recoveries.find(recovery).system()));
    }

    /** The archive goes to the browser as it is made; one that breaks off has no end. */
    private void stream(String here, long id) {
        ArchiveRun run;
        try {
            requireRecovering(id);
            run = recoveries.begin(caller.name(), id);
        } catch (ProblemException e) {
            deed.carryOutTo(here, true, () -> {
                throw e;
            });
            return;
        }
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.setResponseContentType("application/octet-stream");
        external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + run.name() + "\"");
        try {
            run.write(external.getResponseOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faces.responseComplete();
    }

    private Asked asked(Approval approval) {
        Instant when = Instant.parse(approval.asked());
        String rule = approval.officers()
                ? Texts.say("approval.officers")
                : approval.opens() == null
                        ? Texts.say("approval.second")
                        : Texts.say("approval.opens", moments.exact(Instant.parse(approval.opens())));
        return new Asked(
                approval.id(),
                name(approval.system()),
                Texts.say(
                        approval.opensBackups() ? "approval.sentence" : "approval.leave",
                        approval.askedBy(),
                        name(approval.system()),
                        approval.purpose()),
                approval.why() == null ? "" : approval.why(),
                moments.said(when),
                rule,
                approval.askedBy().equals(caller.name()),
                visitor.gives(approval),
                visitor.refuses(approval));
    }

    private Row row(Recovery each) {
        Instant when = Instant.parse(each.asked());
        boolean leave = each.approvalState() == null || each.approvalState().equals("GIVEN");
        boolean over = Instant.parse(each.expires()).isBefore(moments.now().toInstant());
        boolean waits = each.state().equals("ASKED") && !leave;
        return new Row(
                each.id(),
                name(each.system()),
                Texts.say("way." + each.way()),
                each.askedBy(),
                moments.said(when),
                moments.exact(when),
                tone(each, waits),
                waits
                        ? Texts.say("recovery.leave." + each.approvalState())
                        : Texts.say(
                                over && each.state().equals("ASKED") ? "recovery.over" : "recovery." + each.state()),
                progress(each),
                each.problems() == null ? List.of() : each.problems(),
                each.way().equals("ARCHIVE") && leave && !over && visitor.recovers(each.system()),
                each.way().equals("AGENT") && each.job() == null && leave && !over && visitor.recovers(each.system()),
                each.job() == null || !visitor.opens("JOB") ? "" : address.of(Page.JOB, "id", each.job()));
    }

    private static String tone(Recovery each, boolean waits) {
        return switch (each.state()) {
            case "DONE" -> "good";
            case "INCOMPLETE", "FAILED" -> "bad";
            default -> waits ? "warn" : "good";
        };
    }

    private static String progress(Recovery each) {
        if (each.filesTotal() == 0) {
            return each.reason() == null ? "" : each.reason();
        }
        String files = Texts.say(
                "recovery.files",
                Amounts.count(each.files()),
                Amounts.count(each.filesTotal()),
                Amounts.bytes(each.bytes()));
        String failed = each.failed() == 0 ? "" : " " + Texts.count("recovery.failed", each.failed());
        return files + failed + (each.reason() == null ? "" : " " + each.reason());
    }

    /** @param system null for central itself */
    private String name(Long system) {
        return system == null
                ? Texts.say("central")
                : names.computeIfAbsent(
                        system,
                        number -> systems.find(number).map(Machine::name).orElse("system " + number));
    }

    public String getHeadline() {
        long running = rows.stream()
                .filter(row -> row.state().equals(Texts.say("recovery.RUNNING")))
                .count();
        if (running > 0) {
            return Texts.count("recovery.headline.running", running);
        }
        return asked.isEmpty() ? Texts.say("recovery.headline") : Texts.count("recovery.headline.asked", asked.size());
    }

    public List<Asked> getAsked() {
        return asked;
    }

    public List<Row> getRows() {
        return rows;
    }

    public boolean isRecovering() {
        return visitor.isRecovering();
    }

    public String getRecover() {
        return address.of(Page.RECOVER);
    }
}
