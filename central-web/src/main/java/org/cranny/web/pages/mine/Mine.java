package org.cranny.web.pages.mine;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.Approvals;
import org.cranny.central.device.Device;
import org.cranny.central.device.Devices;
import org.cranny.central.job.Jobs;
import org.cranny.central.policy.Schedules;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.InventoryQuery;
import org.cranny.protocol.job.JobRequest;
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

/** An owner's own machines: whether they are backed up, when they will be next, and the few things to do with them. */
@Named
@RequestScoped
public class Mine {
    private static final int MOST = 50;
    private static final int ASKED = 8;

    @Inject
    Inventory inventory;

    @Inject
    Devices devices;

    @Inject
    Settings settings;

    @Inject
    Schedules schedules;

    @Inject
    Snapshots snapshots;

    @Inject
    Approvals approvals;

    @Inject
    Jobs jobs;

    @Inject
    RunningJobs running;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    private Moments moments;
    private InventoryPage found;
    private List<OwnMachine> machines;
    private List<OwnMachine> shutOut;
    private List<Asked> asked;
    private List<OwnDevice> ownDevices;

    /** A phone or an appliance. @param standing what it has here */
    public record OwnDevice(String name, String standing, String href) {}

    /** Somebody wants to open what one of the machines keeps. @param href where that is decided */
    public record Asked(String machine, String sentence, String when, String href) {}

    @PostConstruct
    void look() {
        moments = new Moments(Instant.now(), address.zone());
        found = inventory.page(
                new InventoryQuery(null, InventoryQuery.Which.ALL, InventoryQuery.Sort.NAME, false, 0, MOST)
                        .within(caller.owners()));
        machines = found.lines().stream()
                .filter(line -> !line.machine().isDevice())
                .map(this::machine)
                .toList();
    }

    private OwnMachine machine(InventoryPage.Line line) {
        return new OwnMachine(
                line,
                line.machine().isSource()
                        ? schedules.next(line.machine().number(), 1).stream()
                                .findFirst()
                                .orElse(null)
                        : null,
                snapshots
                        .between(
                                line.machine().number(),
                                Instant.EPOCH,
                                moments.now().plusYears(1).toInstant(),
                                1)
                        .stream()
                        .findFirst()
                        .orElse(null),
                address,
                moments);
    }

    /** Carries out what a button asks for. */
    public void act() {
        if (address.isSentForm()) {
            address.number("back-up")
                    .ifPresent(system ->
                            deed.carryOut(address.of(Page.MINE), visitor.ordersFor(system), () -> backUp(system)));
            address.text("device-name")
                    .ifPresent(name -> deed.carryOutTo(address.of(Page.MINE), true, () -> add(name)));
        }
    }

    private String add(String name) {
        Device device = devices.add(caller.name(), caller.owners(), name);
        deed.say(Texts.say("said.device.added", device.name()));
        return address.of(Page.DEVICE, "id", device.number());
    }

    private String backUp(long system) {
        jobs.order(caller.name(), system, new JobRequest("RUN_NOW", null, null, null));
        return Texts.say(
                "said.back-up",
                inventory.find(system).map(line -> line.machine().name()).orElse(""));
    }

    public String getHeadline() {
        List<OwnMachine> sources =
                machines.stream().filter(OwnMachine::isSource).toList();
        long covered = sources.stream().filter(OwnMachine::isCovered).count();
        if (machines.isEmpty() && !getDevices().isEmpty()) {
            return Texts.count("mine.headline.devices", getDevices().size());
        }
        if (sources.isEmpty()) {
            return Texts.say(machines.isEmpty() ? "mine.headline.none" : "mine.headline.lends");
        }
        if (sources.size() == 1) {
            return Texts.say(
                    covered == 1 ? "mine.headline.one" : "mine.headline.one.not",
                    sources.get(0).getName());
        }
        return covered == sources.size()
                ? Texts.say("mine.headline.all", covered)
                : Texts.say("mine.headline.some", covered, sources.size());
    }

    public String getLead() {
        return machines.isEmpty() && getDevices().isEmpty() ? Texts.say("mine.lead.none") : Texts.say("mine.lead");
    }

    public List<OwnMachine> getMachines() {
        return machines;
    }

    /** Those that were shut out and have backups. */
    public List<OwnMachine> getShutOut() {
        if (shutOut == null) {
            shutOut = inventory
                    .page(new InventoryQuery(
                                    null, InventoryQuery.Which.REVOKED, InventoryQuery.Sort.NAME, false, 0, MOST)
                            .within(caller.owners()))
                    .lines()
                    .stream()
                    .filter(line -> line.backedUp() != null)
                    .map(line -> new OwnMachine(line, null, null, address, moments))
                    .toList();
        }
        return shutOut;
    }

    public boolean isMore() {
        return found.total() > found.lines().size();
    }

    /** Phones and appliances, for which central acts as backup application. */
    public List<OwnDevice> getDevices() {
        if (ownDevices == null) {
            ownDevices = devices.of(caller.owners()).stream().map(this::device).toList();
        }
        return ownDevices;
    }

    /** Whether there may be one more. */
    public boolean isRoomForDevice() {
        return getDevices().size() < settings.devicesPerOwner();
    }

    private OwnDevice device(Device device) {
        String standing = device.waiting() > 0
                ? Texts.count("mine.device.waits", device.waiting())
                : device.files() == 0
                        ? Texts.say("mine.device.empty")
                        : Texts.count("mine.device.kept", device.files(), Amounts.bytes(device.bytes()));
        return new OwnDevice(device.name(), standing, address.of(Page.DEVICE, "id", device.number()));
    }

    public List<Asked> getAsked() {
        if (asked == null) {
            asked = approvals.newest(true, caller.sight(), ASKED).stream()
                    .map(this::asked)
                    .toList();
        }
        return asked;
    }

    private Asked asked(Approval approval) {
        return new Asked(
                inventory
                        .find(approval.system())
                        .map(line -> line.machine().name())
                        .orElse(""),
                Texts.say(
                        approval.opensBackups() ? "need.approval" : "need.leave",
                        approval.askedBy(),
                        approval.purpose()),
                moments.said(Instant.parse(approval.asked())),
                address.of(Page.RECOVERY) + "#approval-" + approval.id());
    }

    public List<RunningJob> getRunning() {
        return running.now(caller.sight());
    }
}
