package org.cranny.web.pages.systems;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.cranny.central.authority.Authority;
import org.cranny.central.escrow.Escrow;
import org.cranny.central.job.Jobs;
import org.cranny.central.policy.Effective;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.Schedules;
import org.cranny.central.reliability.HostDay;
import org.cranny.central.reliability.HostReliability;
import org.cranny.central.reliability.Reliability;
import org.cranny.central.repair.Drain;
import org.cranny.central.repair.Repairs;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.masterfile.Host;
import org.cranny.web.pages.drawing.HeatMap;
import org.cranny.web.pages.drawing.Line;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.policies.PolicyRow;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** One system: what it has backed up, what it lends, and how well it can be reached. */
@Named
@RequestScoped
public class SystemView {
    private static final int SNAPSHOTS = 5;
    private static final int CERTIFICATES = 3;
    private static final int TIMES = 3;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    @Inject
    Inventory inventory;

    @Inject
    Systems systems;

    @Inject
    Snapshots snapshots;

    @Inject
    Reliability reliability;

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
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    private final Moments moments = new Moments(Instant.now(), ZoneId.systemDefault());
    private InventoryPage.Line line;
    private List<SnapshotSummary> summaries;
    private Effective effective;
    private HostReliability reached;
    private List<HostDay> days;
    private Drain drain;

    /** A snapshot in the list. */
    public record SnapshotRow(
            String when, String whenExactly, String files, String bytes, String stored, long copies, String href) {}

    /** What one host keeps; {@code percent} of what the one with most keeps. */
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
            deed.carryOut(here(), this::carryOut);
        }
    }

    private String carryOut() {
        long number = number();
        return switch (address.text("do").orElse("")) {
            case "back-up" -> {
                jobs.order(caller.name(), number, new JobRequest("RUN_NOW", null, null, null));
                yield Texts.say("said.back-up", getName());
            }
            case "drain" -> {
                repairs.decide(number, true, caller.name());
                yield Texts.say("said.drain", getName());
            }
            case "undrain" -> {
                repairs.decide(number, false, caller.name());
                yield Texts.say("said.undrain", getName());
            }
            case "retire" -> {
                repairs.retire(number, caller.name());
                yield Texts.say("said.retired", getName());
            }
            case "owner" -> {
                systems.giveTo(number, address.text("owner").orElse(null), caller.name());
                yield Texts.say("said.owner", getName());
            }
            default -> Texts.say("said.nothing");
        };
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
            return SystemRow.tone(line.host());
        }
        return line.isProtected() ? "good" : "warn";
    }

    public String getBadge() {
        if (isRevoked()) {
            return Texts.say("system.revoked");
        }
        if (!isSource()) {
            return isHost() ? Texts.say("state." + SystemRow.word(line.host())) : "";
        }
        return Texts.say(line.isProtected() ? "system.protected" : "system.unprotected");
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
                        address.of(Page.SYSTEM, "id", share.id()),
                        Amounts.bytes(share.bytes()),
                        Amounts.percent(share.bytes(), most)))
                .toList();
    }

    public String getKeepersSentence() {
        long copies = summaries().get(0).copies();
        return Texts.count("system.keepers", summaries().get(0).hosts().size(), copies, Math.max(0, copies - 1));
    }

    public List<Time> getNext() {
        return isSource() && !isRevoked()
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

    public String getHostState() {
        return Texts.say("state." + SystemRow.word(host()));
    }

    public String getHostTone() {
        return SystemRow.tone(host());
    }

    public String getTrouble() {
        return host().unreachable() == null ? "" : host().unreachable();
    }

    public String getHostAddress() {
        return host().address();
    }

    public String getDomain() {
        return host().domain();
    }

    public Time getHeard() {
        return new Time(moments.saidOr(host().lastHeard(), Texts.say("not-yet")), moments.exact(host().lastHeard()));
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

    public boolean isDraining() {
        return host().state() == Host.State.DRAINING;
    }

    /** Whether the page is to show what draining would do. */
    public boolean isPlanShown() {
        return isHost() && (isDraining() || "drain".equals(address.text("plan").orElse("")));
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

    public String getHere() {
        return here();
    }

    private Time time(Instant when) {
        return new Time(moments.said(when), moments.exact(when));
    }
}
