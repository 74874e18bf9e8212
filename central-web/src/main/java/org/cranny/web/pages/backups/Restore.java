package org.cranny.web.pages.backups;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.cranny.central.job.Job;
import org.cranny.central.job.Jobs;
import org.cranny.central.recovery.Recoveries;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.recovery.RecoveryRequest;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryQuery;
import org.cranny.protocol.job.JobRequest;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** Brings a file or a folder back: to its own machine by a job, to another one or to this browser by a recovery. */
@Named
@RequestScoped
public class Restore {
    private static final int MACHINES = 100;

    /** Where to. */
    public enum To {
        SAME,
        OTHER,
        ARCHIVE
    }

    @Inject
    Jobs jobs;

    @Inject
    Recoveries recoveries;

    @Inject
    Inventory inventory;

    @Inject
    Place place;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Visitor visitor;

    @Inject
    Caller caller;

    /** Whether it may go elsewhere than to its own machine. */
    public boolean isRecoverable() {
        return visitor.recovers(place.number());
    }

    /** A machine that could take it. */
    public record Machine(long number, String name) {}

    /** Says that there is no such place, or asks for the restore. */
    public void act() {
        if (!place.isThere()) {
            Missing.answer();
        } else if (address.isSentForm()) {
            To to = address.choice("to", To.class);
            boolean allowed = to == To.SAME ? visitor.ordersFor(place.number()) : isRecoverable();
            deed.carryOutTo(place.href(Page.RESTORE, "path", place.path()), allowed, () -> ask(to));
        }
    }

    private String ask(To to) {
        return switch (to) {
            case SAME -> askAgent();
            case OTHER -> askRecovery("AGENT", address.number("agent").orElse(null), target(), null);
            case ARCHIVE ->
                askRecovery("ARCHIVE", null, null, address.text("format").orElse("zip"));
        };
    }

    private String askAgent() {
        Map<String, Object> order = Map.of(
                "snapshot", place.snapshot(), "target", target(), "safe", false, "overwrite", address.has("overwrite"));
        List<String> paths = place.path().equals("/") ? List.of() : List.of(place.path());
        Job job = jobs.order(place.actor(), place.number(), new JobRequest("RESTORE", order, paths, null));
        deed.say(Texts.say("said.restore", place.name()));
        return address.of(Page.JOB, "id", job.id());
    }

    private String askRecovery(String way, Long agent, String target, String format) {
        if (agent != null) {
            caller.requireSight(agent);
        }
        List<String> paths = place.path().equals("/") ? List.of() : List.of(place.path());
        Recovery recovery = recoveries.ask(
                place.actor(),
                place.number(),
                new RecoveryRequest(
                        place.snapshot(),
                        paths,
                        way,
                        format,
                        agent,
                        target,
                        address.text("why").orElse(null)));
        deed.say(Texts.say("said.recovery", recovery.id()));
        return address.of(Page.RECOVERY) + "#recovery-" + recovery.id();
    }

    private String target() {
        return address.text("target").orElse("/");
    }

    public String getHeadline() {
        return Texts.say("restore.headline", getWhat());
    }

    public String getWhat() {
        return place.path().equals("/") ? Texts.say("restore.everything", place.name()) : place.path();
    }

    public String getLead() {
        return Texts.say("restore.lead", place.name());
    }

    public String getMachine() {
        return place.name();
    }

    public long getSystem() {
        return place.number();
    }

    public String getSnapshot() {
        return place.snapshot();
    }

    public String getPath() {
        return place.path();
    }

    public String getBack() {
        return place.href(Page.BROWSE, "path", parent());
    }

    private String parent() {
        int slash = place.path().lastIndexOf('/');
        return slash <= 0 ? "/" : place.path().substring(0, slash);
    }

    /** The first machines that were backed up of late, but this one: those have an agent most likely. */
    public List<Machine> getMachines() {
        InventoryQuery query = new InventoryQuery(
                        null, InventoryQuery.Which.SOURCES, InventoryQuery.Sort.BACKED_UP, true, 0, MACHINES)
                .within(caller.owners());
        return inventory.page(query).lines().stream()
                .filter(line -> line.machine().number() != place.number())
                .map(line -> new Machine(line.machine().number(), line.machine().name()))
                .toList();
    }
}
