package org.cranny.web.pages.systems;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.central.repair.Reclaim;
import org.cranny.central.repair.RepairPlan;
import org.cranny.central.repair.Repairs;
import org.cranny.central.system.Lending;
import org.cranny.central.system.Lending.Standing;
import org.cranny.central.system.LendingRequest;
import org.cranny.central.system.Lendings;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** How much a machine lends, and how its owner lends less of it and takes room back. */
@Named
@RequestScoped
public class LendingView {
    static final String LEND = "lend";
    static final String LEND_OWN = "lend-own";
    static final String TAKE_BACK = "take-back";

    @Inject
    SystemView system;

    @Inject
    Lendings lendings;

    @Inject
    Repairs repairs;

    @Inject
    Visitor visitor;

    @Inject
    Caller caller;

    @Inject
    Address address;

    private Lending lending;
    private Reclaim reclaim;

    private long number() {
        return system.getId();
    }

    private Lending lending() {
        if (lending == null) {
            lending = lendings.of(number());
        }
        return lending;
    }

    private Reclaim reclaim() {
        if (reclaim == null) {
            reclaim = repairs.reclaim(number());
        }
        return reclaim;
    }

    /** Carries out what a button asks for. */
    void carryOut(String what) {
        switch (what) {
            case LEND -> lendings.ask(number(), typed(), caller.name());
            case LEND_OWN -> lendings.ask(number(), new LendingRequest(null, null, null, null), caller.name());
            default ->
                lendings.takeBack(
                        number(),
                        address.text("back")
                                .map(text -> TypedSize.bytes("back", text))
                                .orElse(null),
                        caller.name());
        }
    }

    private LendingRequest typed() {
        String free = address.text("keepFree").orElse("");
        boolean share = TypedSize.isShare(free);
        return new LendingRequest(
                address.text("quota")
                        .map(text -> TypedSize.bytes("quota", text))
                        .orElse(null),
                address.text("percent")
                        .map(text -> TypedSize.share("percent", text))
                        .orElse(null),
                free.isEmpty() || share ? null : (Long) TypedSize.bytes("keepFree", free),
                share ? (Double) TypedSize.share("keepFree", free) : null);
    }

    public boolean isChangeable() {
        return !system.isRevoked() && visitor.lends(number());
    }

    /** Whether there was a report yet. */
    public boolean isKnown() {
        return lending().diskBytes() > 0;
    }

    public String getSentence() {
        if (isOver()) {
            return Texts.say(
                    "lending.now.over",
                    Amounts.bytes(lending().keptBytes()),
                    Amounts.bytes(lending().lentBytes()));
        }
        return Texts.say(
                "lending.now",
                Amounts.bytes(lending().keptBytes()),
                Amounts.bytes(lending().lentBytes()),
                Amounts.bytes(lending().leftBytes()));
    }

    public int getKeptPercent() {
        return Amounts.percent(
                lending().keptBytes(), Math.max(lending().lentBytes(), lending().keptBytes()));
    }

    public String getDisk() {
        return Texts.say(
                "lending.disk.of",
                Amounts.bytes(lending().diskBytes()),
                Amounts.bytes(lending().diskFreeBytes()));
    }

    public String getKeepFree() {
        return lending().keepFreeBytes() == null
                ? Texts.say("not-yet")
                : Amounts.bytes(lending().keepFreeBytes());
    }

    public String getOwn() {
        return lending().ownBytes() == null
                ? Texts.say("not-yet")
                : Texts.say("lending.most", Amounts.bytes(lending().ownBytes()));
    }

    public boolean isAsked() {
        return lending().standing() != Standing.OWN;
    }

    /** Whether something is asked for that limits more than the machine itself does. */
    public boolean isLimited() {
        return isAsked() && !limits().isEmpty();
    }

    /** Whether it goes on by itself. */
    public boolean isUnderWay() {
        return lending().standing() == Standing.ASKED || lending().overBytes() > 0;
    }

    /** Whether more is kept than is lent. */
    public boolean isOver() {
        return lending().overBytes() > 0;
    }

    public String getTone() {
        return switch (lending().standing()) {
            case NOT_FOLLOWED -> "bad";
            case ASKED, TAKEN_OVER -> "warn";
            case DONE, OWN -> isOver() ? "warn" : "good";
        };
    }

    /** What was asked for, by whom and when. */
    public String getAskedFor() {
        List<String> limits = limits();
        return Texts.say(
                "lending.asked",
                limits.isEmpty() ? Texts.say("lending.own") : String.join(", ", limits),
                lending().asked().by(),
                moments().said(Instant.parse(lending().asked().when())));
    }

    private List<String> limits() {
        Lending.Asked asked = lending().asked();
        List<String> limits = new ArrayList<>();
        if (asked.quotaBytes() != null) {
            limits.add(Texts.say("lending.most", Amounts.bytes(asked.quotaBytes())));
        }
        if (asked.quotaPercent() != null) {
            limits.add(Texts.say("lending.most.share", TypedSize.typed(asked.quotaPercent())));
        }
        if (asked.keepFreeBytes() != null) {
            limits.add(Texts.say("lending.free", Amounts.bytes(asked.keepFreeBytes())));
        }
        if (asked.keepFreePercent() != null) {
            limits.add(Texts.say("lending.free.share", TypedSize.typed(asked.keepFreePercent())));
        }
        return limits;
    }

    /** How far its daemon is with it. */
    public String getStanding() {
        return Texts.say("lending.standing." + Address.word(lending().standing()));
    }

    /** What of the room that is wanted back is free by now, in percent. */
    public int getGonePercent() {
        Lending now = lending();
        long first =
                now.asked() == null ? now.keptBytes() : Math.max(now.asked().keptBytes(), now.keptBytes());
        return Amounts.percent(first - now.keptBytes(), first - now.lentBytes());
    }

    public String getGoing() {
        String end = reclaim().ends() == null
                ? Texts.say("reclaim.no-end")
                : Texts.say(
                        "reclaim.end", moments().coming(Instant.parse(reclaim().ends())));
        return Texts.say("reclaim.going", Amounts.bytes(lending().overBytes())) + " " + end;
    }

    /** Whether its daemon lets it go little by little. */
    public boolean isSlow() {
        return reclaim().bytesPerDay() != null
                && reclaim().overBytes() > reclaim().bytesPerDay();
    }

    public String getSlow() {
        return Texts.say(
                "reclaim.slow",
                Amounts.bytes(reclaim().bytesPerDay()),
                lending().overBytes());
    }

    /** Why some of it cannot go now. */
    public List<String> getMissing() {
        return reclaim().stuck().stream().map(RepairPlan.Shortage::reason).toList();
    }

    public String getQuota() {
        return lending().asked() == null || lending().asked().quotaBytes() == null
                ? ""
                : TypedSize.typed(lending().asked().quotaBytes());
    }

    public String getPercent() {
        return lending().asked() == null || lending().asked().quotaPercent() == null
                ? ""
                : TypedSize.typed(lending().asked().quotaPercent());
    }

    public String getFree() {
        Lending.Asked asked = lending().asked();
        if (asked == null || asked.keepFreeBytes() == null && asked.keepFreePercent() == null) {
            return "";
        }
        return asked.keepFreeBytes() != null
                ? TypedSize.typed(asked.keepFreeBytes())
                : TypedSize.typed(asked.keepFreePercent()) + " %";
    }

    private Moments moments() {
        return new Moments(Instant.now(), address.zone());
    }
}
