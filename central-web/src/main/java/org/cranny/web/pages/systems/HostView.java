package org.cranny.web.pages.systems;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.cranny.central.proof.HostProofs;
import org.cranny.central.proof.StorageProofs;
import org.cranny.central.reliability.HostDay;
import org.cranny.central.reliability.HostReliability;
import org.cranny.central.reliability.Reliability;
import org.cranny.central.repair.Drain;
import org.cranny.central.repair.Repairs;
import org.cranny.central.system.Honesty;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.SetAside;
import org.cranny.protocol.masterfile.Host;
import org.cranny.web.pages.drawing.HeatMap;
import org.cranny.web.pages.drawing.Line;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** One system as a host: what it lends and keeps, how well it can be reached, how it is emptied. */
@Named
@RequestScoped
public class HostView {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    @Inject
    SystemView system;

    @Inject
    Reliability reliability;

    @Inject
    Repairs repairs;

    @Inject
    StorageProofs storageProofs;

    @Inject
    Hosts hosts;

    @Inject
    Address address;

    private final Moments moments = new Moments(Instant.now(), ZoneId.systemDefault());
    private HostReliability reached;
    private List<HostDay> days;
    private Drain drain;
    private HostProofs proven;

    private HostStatus host() {
        return system.line().host();
    }

    private long number() {
        return host().number();
    }

    public String getState() {
        return Texts.say("state." + SystemRow.word(host()));
    }

    public String getTone() {
        return SystemRow.tone(host());
    }

    public String getTrouble() {
        if (host().unreachable() != null) {
            return host().unreachable();
        }
        long percent = Math.round(100 * proofs().honesty());
        return Honesty.takesNothing(proofs().honesty()) ? Texts.say("system.proofs.dubious", percent) : "";
    }

    /** How much of what it was asked for it proved. */
    public String getProofs() {
        return proofs().asked() == 0
                ? Texts.say("system.proofs.none")
                : Texts.say("system.proofs.since", Amounts.count(proofs().proved()), Amounts.count(proofs().asked()));
    }

    private HostProofs proofs() {
        if (proven == null) {
            proven = storageProofs.of(number());
        }
        return proven;
    }

    public String getAddress() {
        return host().address();
    }

    public String getDomain() {
        return host().domain();
    }

    public SystemView.Time getHeard() {
        return new SystemView.Time(
                moments.saidOr(host().lastHeard(), Texts.say("not-yet")), moments.exact(host().lastHeard()));
    }

    public String getKept() {
        return Amounts.bytes(host().keptBytes());
    }

    public String getFree() {
        return Amounts.bytes(host().freeBytes());
    }

    public int getKeptPercent() {
        return Amounts.percent(host().keptBytes(), host().keptBytes() + host().freeBytes());
    }

    private List<HostDay> days() {
        if (days == null) {
            days = reliability.days(number());
        }
        return days;
    }

    public Line getSpace() {
        double top = days().stream().mapToLong(HostDay::diskFreeBytes).max().orElse(0);
        return new Line(
                days().stream()
                        .map(day -> new Line.Point(
                                said(day.day()),
                                Texts.say(
                                        "system.space.day",
                                        Amounts.bytes(day.diskFreeBytes()),
                                        Amounts.bytes(day.keptBytes()),
                                        Amounts.bytes(day.freeBytes())),
                                day.diskFreeBytes()))
                        .toList(),
                top);
    }

    public Line getRatings() {
        return new Line(
                days().stream()
                        .map(day ->
                                new Line.Point(said(day.day()), Math.round(100 * day.rating()) + " %", day.rating()))
                        .toList(),
                1);
    }

    private static String said(LocalDate day) {
        return DAY.format(day);
    }

    private HostReliability reached() {
        if (reached == null) {
            reached = reliability.of(number());
        }
        return reached;
    }

    public HeatMap getWeek() {
        return new HeatMap(reached().profile());
    }

    public String getWeekSentence() {
        return Texts.say(
                "system.week",
                Math.round(100 * reached().rating()),
                Texts.say("availability." + reached().availability()));
    }

    /** Why central set it aside; empty when it did not. */
    public String getAside() {
        SetAside aside = host().setAside();
        return aside == null ? "" : Texts.say("aside.why", moments.said(aside.since()), aside.why());
    }

    public boolean isDraining() {
        return host().state() == Host.State.DRAINING;
    }

    /** Whether the page is to show what draining would do. */
    public boolean isPlanShown() {
        return system.isHost()
                && (isDraining() || "drain".equals(address.text("plan").orElse("")));
    }

    public Drain getDrain() {
        if (drain == null) {
            drain = repairs.drain(number());
        }
        return drain;
    }

    public String getDrainSentence() {
        return Texts.say(
                isDraining() ? "drain.going" : "drain.plan",
                Amounts.count(getDrain().fragments()),
                Amounts.bytes(getDrain().bytes()),
                Amounts.count(getDrain().wanting()));
    }

    public boolean isEmptied() {
        return isDraining() && getDrain().fragments() == 0;
    }

    public String getDrainHref() {
        return address.of(Page.SYSTEM, "id", number(), "plan", "drain") + "#drain";
    }
}
