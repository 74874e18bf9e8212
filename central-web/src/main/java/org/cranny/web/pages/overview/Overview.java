package org.cranny.web.pages.overview;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cranny.central.alert.Alert;
import org.cranny.central.alert.AlertState;
import org.cranny.central.alert.Alerts;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.Approvals;
import org.cranny.central.installation.Installations;
import org.cranny.central.job.Jobs;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.Scope;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Coverage;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.InventoryQuery;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.job.JobRequest;
import org.cranny.web.pages.drawing.Columns;
import org.cranny.web.pages.drawing.HeatMap;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.live.RunningJob;
import org.cranny.web.pages.live.RunningJobs;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** The first page. */
@Named
@RequestScoped
public class Overview {
    private static final int NEEDS_SHOWN = 8;
    private static final int NEWEST_SHOWN = 6;
    private static final int FEW_HOSTS = 100;
    private static final double TERABYTE = 1e12;
    private static final double LEAST_SAVED = 0.01;

    @Inject
    Inventory inventory;

    @Inject
    Systems systems;

    @Inject
    Alerts alerts;

    @Inject
    Approvals approvals;

    @Inject
    Jobs jobs;

    @Inject
    WaitingCopies copies;

    @Inject
    RunningJobs running;

    @Inject
    Fortnight fortnight;

    @Inject
    FleetWeek week;

    @Inject
    Settings settings;

    @Inject
    Installations installations;

    @Inject
    Policies policies;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    private Moments moments;
    private Coverage coverage;
    private List<Need> needs;
    private boolean moreNeeds;
    private Columns columns;
    private List<Newest> newest;
    private List<RunningJob> runningJobs;
    private Long waiting;
    private List<FirstStep> firstSteps;

    /** A machine whose backup came in last. */
    public record Newest(String name, String href, String when, String whenExactly) {}

    @PostConstruct
    void look() {
        moments = new Moments(Instant.now(), address.zone());
        coverage = inventory.coverage();
        needs = needs();
    }

    /** Carries out what a button asks for. */
    public void act() {
        if (!address.isSentForm()) {
            return;
        }
        String here = address.of(Page.OVERVIEW);
        address.number("back-up")
                .ifPresent(system -> deed.carryOut(here, visitor.ordersFor(system), () -> backUp(system)));
        address.number("take-on").ifPresent(alert -> deed.carryOut(here, () -> takeOn(alert)));
    }

    private String backUp(long system) {
        jobs.order(caller.name(), system, new JobRequest("RUN_NOW", null, null, null));
        return Texts.say("said.back-up", name(system));
    }

    private String takeOn(long alert) {
        Alert taken = alerts.acknowledge(alert, caller.name());
        return Texts.say("said.taken-on", taken.name());
    }

    private List<Need> needs() {
        List<Alert> open = alerts.list(AlertState.OPEN, null, NEEDS_SHOWN + 1);
        List<Approval> asked = approvals.newest(true, caller.sight(), NEEDS_SHOWN + 1);
        List<Need> all = new ArrayList<>();
        asked.forEach(approval -> all.add(Need.of(approval, name(approval.system()), address, moments)));
        open.forEach(alert -> all.add(Need.of(alert, address, moments)));
        moreNeeds = all.size() > NEEDS_SHOWN;
        return all.stream().limit(NEEDS_SHOWN).toList();
    }

    /** @param system null for central itself */
    private String name(Long system) {
        return system == null
                ? Texts.say("central")
                : systems.find(system).map(Machine::name).orElse("system " + system);
    }

    public String getHeadline() {
        long sources = coverage.sources();
        long covered = coverage.protectedSources();
        if (sources == 0) {
            return Texts.say("overview.headline.nobody");
        }
        return covered == sources
                ? Texts.count("overview.headline.all", sources)
                : Texts.count("overview.headline.some", sources, covered);
    }

    public String getSubline() {
        String need = moreNeeds
                ? Texts.say("overview.needs.more", needs.size())
                : needs.isEmpty() ? Texts.say("overview.needs.none") : Texts.count("overview.needs", needs.size());
        String space = coverage.hosts() == 0
                ? Texts.say("overview.space.none")
                : Texts.count(
                        "overview.space",
                        coverage.hosts(),
                        Amounts.bytes(coverage.lentBytes()),
                        Amounts.bytes(coverage.freeBytes()));
        return need + " " + space;
    }

    public List<Need> getNeeds() {
        return needs;
    }

    public boolean isMoreNeeds() {
        return moreNeeds;
    }

    /** Nothing is backed up yet, for somebody who can change that. */
    public boolean isStarting() {
        return visitor.isActing() && coverage.sources() <= coverage.neverBackedUp();
    }

    public List<FirstStep> getFirstSteps() {
        if (firstSteps == null) {
            firstSteps = FirstStep.of(
                    coverage,
                    installations.hindrance().isEmpty(),
                    !policies.list(null, 1).isEmpty());
        }
        return firstSteps;
    }

    /** What to do now, and why. */
    public String getNextStep() {
        String next = next();
        return "programs".equals(next)
                ? installations.hindrance().map(Deed::sentence).orElse("")
                : Texts.say("first." + next + ".about");
    }

    public String getNextButton() {
        return switch (next()) {
            case "backup" -> Texts.say("first.to-systems");
            case "policy" -> Texts.say("first.to-policy");
            default -> Texts.say("first.to-install");
        };
    }

    public String getNextHref() {
        return switch (next()) {
            case "backup" -> getLinks().get("unprotected");
            case "policy" -> address.of(Page.POLICY, "scope", "company", "name", Scope.EVERYBODY, "usual", 1);
            default -> address.of(Page.INSTALL);
        };
    }

    private String next() {
        return getFirstSteps().stream()
                .filter(FirstStep::now)
                .map(FirstStep::name)
                .findFirst()
                .orElse("backup");
    }

    public boolean isTooFewHosts() {
        return coverage.hosts() < 2;
    }

    /** Two or more hosts, and all of them at one network address: then all copies are on one machine. */
    public boolean isOneMachine() {
        if (coverage.hosts() < 2 || coverage.hosts() > FEW_HOSTS) {
            return false;
        }
        InventoryQuery hosts =
                new InventoryQuery(null, InventoryQuery.Which.HOSTS, InventoryQuery.Sort.NAME, false, 0, FEW_HOSTS);
        return inventory.page(hosts).lines().stream()
                        .map(line -> place(line.host().address()))
                        .filter(Objects::nonNull)
                        .distinct()
                        .count()
                == 1;
    }

    private static String place(String address) {
        return Optional.ofNullable(address).map(URI::create).map(URI::getHost).orElse(null);
    }

    public String getProtectedShare() {
        return coverage.sources() == 0 ? "–" : protectedPercent() + " %";
    }

    public int getProtectedPercent() {
        return coverage.sources() == 0 ? 0 : (int) protectedPercent();
    }

    private long protectedPercent() {
        return 100 * coverage.protectedSources() / coverage.sources();
    }

    public String getProtectedParts() {
        long late = coverage.sources() - coverage.protectedSources() - coverage.neverBackedUp();
        return Texts.say("overview.protected.parts", coverage.protectedSources(), late, coverage.neverBackedUp());
    }

    public String getLent() {
        return Amounts.bytes(coverage.lentBytes());
    }

    public String getSpaceTitle() {
        return Texts.count("overview.space.title", coverage.hosts());
    }

    public String getSpaceParts() {
        return Texts.say(
                "overview.space.parts",
                Amounts.bytes(coverage.keptBytes()),
                Amounts.bytes(coverage.freeBytes()),
                Amounts.bytes(coverage.idleBytes()));
    }

    public int getKeptPercent() {
        return Amounts.percent(coverage.keptBytes(), coverage.lentBytes());
    }

    public int getIdlePercent() {
        return Amounts.percent(coverage.idleBytes(), coverage.lentBytes());
    }

    public String getCopies() {
        return waiting() == 0 ? Texts.say("overview.copies.all") : Amounts.count(waiting());
    }

    public String getCopiesParts() {
        return waiting() == 0 ? Texts.say("overview.copies.right") : Texts.count("overview.copies.wait", waiting());
    }

    public String getCopiesTone() {
        return waiting() == 0 ? "good" : "warn";
    }

    private long waiting() {
        if (waiting == null) {
            waiting = copies.now();
        }
        return waiting;
    }

    public boolean isSavings() {
        return saved() >= LEAST_SAVED;
    }

    private double saved() {
        return coverage.keptBytes() / TERABYTE * settings.pricePerTerabyte();
    }

    /** What disks for all that hosts keep would cost. */
    public String getSaved() {
        double saved = saved();
        return saved < 10
                ? Texts.say("overview.saved.little", saved, settings.currency())
                : Texts.say("overview.saved", Math.round(saved), settings.currency());
    }

    public String getSavedParts() {
        return Texts.say(
                "overview.saved.parts",
                Amounts.bytes(coverage.keptBytes()),
                settings.pricePerTerabyte(),
                settings.currency());
    }

    public Columns getColumns() {
        if (columns == null) {
            columns = fortnight.until(moments.now().toInstant(), address.zone());
        }
        return columns;
    }

    public HeatMap getWeek() {
        return week.now();
    }

    public List<RunningJob> getRunning() {
        if (runningJobs == null) {
            runningJobs = running.now(caller.sight());
        }
        return runningJobs;
    }

    public List<Newest> getNewest() {
        if (newest == null) {
            newest = inventory.newest(NEWEST_SHOWN).stream().map(this::newest).toList();
        }
        return newest;
    }

    private Newest newest(InventoryPage.Line line) {
        return new Newest(
                line.machine().name(),
                address.of(Page.SYSTEM, "id", line.machine().number()),
                moments.said(line.backedUp()),
                moments.exact(line.backedUp()));
    }

    public Map<String, String> getLinks() {
        return Map.of(
                "unprotected", address.of(Page.SYSTEMS, "which", "unprotected"),
                "hosts", address.of(Page.SYSTEMS, "which", "hosts"),
                "jobs", address.of(Page.JOBS));
    }
}
