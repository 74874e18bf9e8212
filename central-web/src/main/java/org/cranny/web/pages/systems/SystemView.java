package org.cranny.web.pages.systems;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cranny.central.authority.Authority;
import org.cranny.central.escrow.Escrow;
import org.cranny.central.job.Jobs;
import org.cranny.central.policy.Effective;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.Schedules;
import org.cranny.central.repair.Repairs;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
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
import org.cranny.web.pages.policies.PolicyRow;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** One system: what it has backed up, who keeps it, what holds for it. As a host it is a {@link HostView}. */
@Named
@RequestScoped
public class SystemView {
    private static final int SNAPSHOTS = 5;
    private static final int CERTIFICATES = 3;
    private static final int TIMES = 5;
    private static final int SAME_NAME = 20;
    private static final String BACK_UP = "back-up";
    private static final String CHECK = "check";
    private static final String SHUT_OUT = "shut-out";

    /** What may be ordered without the right to change things for all. */
    private static final Set<String> ORDERS = Set.of(BACK_UP, CHECK);

    /** What its owner may do with the room that it lends. */
    private static final Set<String> LENDING = Set.of(LendingView.LEND, LendingView.LEND_OWN, LendingView.TAKE_BACK);

    @Inject
    Inventory inventory;

    @Inject
    Systems systems;

    @Inject
    Snapshots snapshots;

    @Inject
    Repairs repairs;

    @Inject
    Policies policies;

    @Inject
    Schedules schedules;

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
    private List<SnapshotSummary> summaries;
    private Effective effective;

    /** A snapshot in the list. */
    public record SnapshotRow(
            String when, String whenExactly, String files, String bytes, String stored, long copies, String href) {}

    /** What one host keeps; {@code percent} of what the one with most keeps. @param href of its page, or empty */
    public record Share(String name, String href, String bytes, int percent) {}

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
        if (SHUT_OUT.equals(what)) {
            return visitor.shutsOut(number());
        }
        return ORDERS.contains(what) ? visitor.ordersFor(number()) : visitor.isActing();
    }

    private String carryOut(String what) {
        switch (what) {
            case BACK_UP -> jobs.order(caller.name(), number(), new JobRequest("RUN_NOW", null, null, null));
            case CHECK -> jobs.order(caller.name(), number(), new JobRequest("CHECK", null, null, null));
            case SHUT_OUT ->
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
                ? Texts.say("system.lends", Amounts.bytes(host().keptBytes() + host().freeBytes()))
                : Texts.say("system.lends-nothing");
        return backedUp + " " + lends;
    }

    public String getOwner() {
        return line.machine().owner() == null ? "" : line.machine().owner();
    }

    public Time getEnrolled() {
        return time(line.machine().enrolled());
    }

    public List<SnapshotRow> getSnapshots() {
        return summaries().stream()
                .map(each -> {
                    Instant received = Instant.parse(each.received());
                    return new SnapshotRow(
                            moments.said(received),
                            moments.exact(received),
                            Amounts.count(each.files()),
                            Amounts.bytes(each.bytes()),
                            Amounts.bytes(each.storedBytes()),
                            each.copies(),
                            address.of(Page.BROWSE, "system", number(), "snapshot", each.snapshot()));
                })
                .toList();
    }

    private List<SnapshotSummary> summaries() {
        if (summaries == null) {
            summaries = isSource() ? snapshots.summaries(number(), SNAPSHOTS) : List.of();
        }
        return summaries;
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

    public boolean isShutOutOffered() {
        return !isRevoked() && visitor.shutsOut(number());
    }

    /** Whether the page is to say what shutting it out would mean, and to ask. */
    public boolean isShutOutAsked() {
        return isShutOutOffered() && SHUT_OUT.equals(address.text("plan").orElse(""));
    }

    public String getShutOutHref() {
        return address.of(Page.SYSTEM, "id", number(), "plan", SHUT_OUT) + "#" + SHUT_OUT;
    }

    /** What follows when it is shut out, a sentence each. */
    public List<String> getShutOutFollows() {
        List<String> follows = new ArrayList<>();
        follows.add(Texts.say("shut-out.at-once"));
        if (line.machine().isDevice()) {
            follows.add(Texts.say("shut-out.device"));
        } else if (isSource()) {
            follows.add(Texts.say("shut-out.source"));
        }
        if (isHost()) {
            follows.add(Texts.say("shut-out.host", Amounts.count(host().fragments())));
        }
        List<String> others = sameName();
        if (!others.isEmpty()) {
            follows.add(Texts.say("shut-out.others", getName(), String.join(", ", others)));
        }
        follows.add(Texts.say("shut-out.for-ever"));
        return follows;
    }

    /** Numbers of the other systems of this name, which are let in: a machine that is backed up and lends is two. */
    private List<String> sameName() {
        return systems.page(caller.owners(), getName(), 0, SAME_NAME).stream()
                .filter(machine -> !machine.revoked() && machine.number() != number())
                .map(machine -> Long.toString(machine.number()))
                .toList();
    }

    public List<Share> getKeepers() {
        if (summaries().isEmpty()) {
            return List.of();
        }
        List<SnapshotSummary.HostShare> hosts = summaries().get(0).hosts();
        long most =
                hosts.stream().mapToLong(SnapshotSummary.HostShare::bytes).max().orElse(0);
        return hosts.stream()
                .map(share -> new Share(
                        share.name(),
                        caller.sees(share.id()) ? address.of(Page.SYSTEM, "id", share.id()) : "",
                        Amounts.bytes(share.bytes()),
                        Amounts.percent(share.bytes(), most)))
                .toList();
    }

    public String getKeepersSentence() {
        long copies = summaries().get(0).copies();
        return Texts.count("system.keepers", summaries().get(0).hosts().size(), copies, Math.max(0, copies - 1));
    }

    public List<Time> getNext() {
        return isSource() && !isRevoked() && !line.machine().isDevice()
                ? schedules.next(number(), TIMES).stream().map(this::time).toList()
                : List.of();
    }

    private Effective effective() {
        if (effective == null) {
            effective = policies.effective(number());
        }
        return effective;
    }

    public List<PolicyRow> getPolicy() {
        return PolicyRow.of(effective());
    }

    public String getGroups() {
        return effective().labels().isEmpty()
                ? Texts.say("system.no-groups")
                : String.join(", ", effective().labels());
    }

    /** Those of the directory that its owner is in; empty when there are none. */
    public String getDirectoryGroups() {
        return String.join(", ", effective().directoryGroups());
    }

    public String getOwnPolicy() {
        return address.of(Page.POLICY, "scope", "system", "name", number());
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

    private HostStatus host() {
        return line.host();
    }

    public String getHere() {
        return here();
    }

    private Time time(Instant when) {
        return new Time(moments.said(when), moments.exact(when));
    }
}
