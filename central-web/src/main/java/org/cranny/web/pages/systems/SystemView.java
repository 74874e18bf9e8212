package org.cranny.web.pages.systems;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.cranny.central.authority.Authority;
import org.cranny.central.escrow.Escrow;
import org.cranny.central.job.Jobs;
import org.cranny.central.repair.Repairs;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.job.JobRequest;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/**
 * One system: what it is, whose, and what may be done with it. What it has backed up says {@link LastSnapshotsView}, what
 * holds for it {@link SystemPolicyView}, what it is as a host {@link HostView}.
 */
@Named
@RequestScoped
public class SystemView {
    private static final int CERTIFICATES = 3;
    private static final String BACK_UP = "back-up";
    private static final String CHECK = "check";

    /** What may be ordered without the right to change things for all. */
    private static final Set<String> ORDERS = Set.of(BACK_UP, CHECK);

    /** What its owner may do with the room that it lends. */
    private static final Set<String> LENDING = Set.of(LendingView.LEND, LendingView.LEND_OWN, LendingView.TAKE_BACK);

    @Inject
    Inventory inventory;

    @Inject
    Systems systems;

    @Inject
    Repairs repairs;

    @Inject
    Authority authority;

    @Inject
    Escrow escrow;

    @Inject
    Jobs jobs;

    @Inject
    Instance<LendingView> lending;

    @Inject
    Instance<BrakeView> brake;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    private final Moments moments = new Moments(Instant.now(), ZoneId.systemDefault());
    private InventoryPage.Line line;

    /** A point in time with words for it. */
    public record Time(String said, String exactly) {}

    /** A certificate. */
    public record Certificate(String serial, String issued, String expires, boolean expired) {}

    /** A deposit of keys. */
    public record Deposit(int generation, String when, String exactly) {}

    @PostConstruct
    void find() {
        line = address.number("id").flatMap(inventory::find).orElse(null);
    }

    /** Says that there is no such system, or carries out what a button asks for. */
    public void act() {
        if (line == null) {
            Missing.answer();
        } else if (address.isSentForm()) {
            String what = address.text("do").orElse("");
            deed.carryOut(here(), isAllowed(what), () -> carryOut(what));
        }
    }

    private boolean isAllowed(String what) {
        if (LENDING.contains(what)) {
            return visitor.lends(number());
        }
        if (ShutOutView.SHUT_OUT.equals(what)) {
            return visitor.shutsOut(number());
        }
        return ORDERS.contains(what) ? visitor.ordersFor(number()) : visitor.isActing();
    }

    private String carryOut(String what) {
        switch (what) {
            case BACK_UP -> jobs.order(caller.name(), number(), new JobRequest("RUN_NOW", null, null, null));
            case CHECK -> jobs.order(caller.name(), number(), new JobRequest("CHECK", null, null, null));
            case ShutOutView.SHUT_OUT ->
                systems.shutOut(number(), caller.name(), address.text("why").orElse(null), caller.shutsOutADay());
            case "drain" -> repairs.decide(number(), true, caller.name());
            case "undrain" -> repairs.decide(number(), false, caller.name());
            case "retire" -> repairs.retire(number(), caller.name());
            case "owner" -> systems.giveTo(number(), address.text("owner").orElse(null), caller.name());
            case LendingView.LEND, LendingView.LEND_OWN, LendingView.TAKE_BACK ->
                lending.get().carryOut(what);
            case BrakeView.RELEASE -> brake.get().release();
            default -> {
                return Texts.say("said.nothing");
            }
        }
        return Texts.say("said." + what, getName());
    }

    /** Null when there is no such system. */
    InventoryPage.Line line() {
        return line;
    }

    private long number() {
        return line.machine().number();
    }

    private String here() {
        return address.of(Page.SYSTEM, "id", number());
    }

    public long getId() {
        return number();
    }

    public String getName() {
        return line.machine().name();
    }

    public boolean isRevoked() {
        return line.machine().revoked();
    }

    public boolean isSource() {
        return line.machine().isSource();
    }

    public boolean isHost() {
        return line.host() != null;
    }

    public String getTone() {
        if (isRevoked()) {
            return "bad";
        }
        if (!isSource()) {
            return isHost() ? SystemRow.tone(line.host()) : "";
        }
        return line.isProtected() || line.machine().isDevice() ? "good" : "warn";
    }

    public String getBadge() {
        if (!isRevoked() && !isSource()) {
            return isHost() ? Texts.say("state." + SystemRow.word(line.host())) : "";
        }
        return "";
    }

    public String getHeadline() {
        String is = isRevoked()
                ? "revoked"
                : line.machine().isDevice()
                        ? "device"
                        : isSource()
                                ? (line.isProtected() ? "protected" : "unprotected")
                                : isHost() ? "host" : "neither";
        return Texts.say("system.is." + is, getName());
    }

    public String getLead() {
        String backedUp = !isSource()
                ? Texts.say("system.no-source")
                : line.backedUp() == null
                        ? Texts.say("system.never")
                        : Texts.say("system.last", moments.said(line.backedUp()));
        String lends = isHost()
                ? Texts.say(
                        "system.lends",
                        Amounts.bytes(line.host().keptBytes() + line.host().freeBytes()))
                : Texts.say("system.lends-nothing");
        return backedUp + " " + lends;
    }

    public String getOwner() {
        return line.machine().owner() == null ? "" : line.machine().owner();
    }

    public Time getEnrolled() {
        return time(line.machine().enrolled());
    }

    public String getAllBackups() {
        return address.of(Page.BACKUPS, "system", number());
    }

    public String getBringBack() {
        return address.of(Page.RECOVER, "system", number());
    }

    public boolean isOrderable() {
        return isSource() && !isRevoked() && visitor.ordersFor(number());
    }

    public boolean isRecoverable() {
        return isSource() && visitor.recovers(number());
    }

    public List<Certificate> getCertificates() {
        Instant now = moments.now().toInstant();
        return authority.certificates(number(), CERTIFICATES).stream()
                .map(each -> new Certificate(
                        each.serial(),
                        moments.exact(each.issued()),
                        moments.exact(each.expires()),
                        each.expires().isBefore(now)))
                .toList();
    }

    public List<Deposit> getDeposits() {
        return escrow.deposits(new SystemId(authority.realm(), number())).stream()
                .map(each -> new Deposit(
                        each.generation(),
                        moments.said(Instant.parse(each.deposited())),
                        moments.exact(Instant.parse(each.deposited()))))
                .toList();
    }

    public String getJobsHref() {
        return address.of(Page.JOBS, "system", number());
    }

    public String getLogHref() {
        return address.of(Page.LOG, "subject", "system " + number());
    }

    public String getHere() {
        return here();
    }

    Time time(Instant when) {
        return new Time(moments.said(when), moments.exact(when));
    }
}
