package org.cranny.web.pages.recovery;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.central.authority.Authority;
import org.cranny.central.recovery.Recoveries;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.recovery.RecoveryRequest;
import org.cranny.central.settings.ApprovalRule;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.SnapshotBrief;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.InventoryQuery;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Option;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** Brings a lost machine back in four steps: which, what, where to, approval and go. The steps taken stand in the address. */
@Named
@RequestScoped
public class Recover {
    private static final int MACHINES = 50;
    private static final int SNAPSHOTS = 30;
    private static final int MOST_PATHS = 200;
    private static final int STEPS = 4;
    private static final String TOKEN = "org.cranny.recovery-token";

    /** Where to. */
    public enum Where {
        ARCHIVE,
        AGENT,
        SSH,
        TOKEN
    }

    @Inject
    Inventory inventory;

    @Inject
    Snapshots snapshots;

    @Inject
    Recoveries recoveries;

    @Inject
    Authority authority;

    @Inject
    Settings settings;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    @Inject
    HttpServletRequest request;

    private Moments moments;
    private Optional<InventoryPage.Line> system = Optional.empty();
    private Optional<SnapshotBrief> snapshot = Optional.empty();
    private List<SnapshotBrief> kept = List.of();
    private Optional<Where> where = Optional.empty();
    private String token = "";

    /** One of the four steps. @param style {@code past}, {@code now} or empty */
    public record Step(String title, String chosen, String style, String current) {}

    /** A choice that leads on. */
    public record Choice(String title, String about, String href) {}

    @PostConstruct
    void look() {
        moments = new Moments(Instant.now(), address.zone());
        system = address.number("system").flatMap(inventory::find);
        if (system.isPresent()) {
            kept = snapshots.between(
                    number(), Instant.EPOCH, moments.now().plusYears(1).toInstant(), SNAPSHOTS);
            String wanted = address.text("snapshot").orElse("");
            snapshot =
                    kept.stream().filter(each -> each.snapshot().equals(wanted)).findFirst();
        }
        if (snapshot.isPresent() && address.has("where")) {
            where = Optional.of(address.choice("where", Where.class));
        }
        takeToken();
    }

    /** A token is shown once. */
    private void takeToken() {
        HttpSession session = request.getSession(false);
        if (session != null
                && !request.getMethod().equals("POST")
                && session.getAttribute(TOKEN) instanceof String shown) {
            token = shown;
            session.removeAttribute(TOKEN);
        }
    }

    /** Asks for the recovery. */
    public void act() {
        if (address.isSentForm()) {
            deed.carryOutTo(here(), system.isPresent() && visitor.recovers(number()), this::ask);
        }
    }

    private String ask() {
        address.number("agent").ifPresent(caller::requireSight);
        Where chosen = where.orElse(Where.ARCHIVE);
        String way = chosen == Where.AGENT ? "AGENT" : chosen == Where.TOKEN ? "HAND_OVER" : "ARCHIVE";
        Recovery recovery = recoveries.ask(
                caller.name(),
                number(),
                new RecoveryRequest(
                        snapshot.map(SnapshotBrief::snapshot).orElse(null),
                        chosen == Where.TOKEN ? List.of() : paths(),
                        way,
                        way.equals("ARCHIVE") ? address.text("format").orElse("tar.zst") : null,
                        chosen == Where.AGENT ? address.number("agent").orElse(null) : null,
                        chosen == Where.AGENT ? address.text("target").orElse("/") : null,
                        address.text("why").orElse(null)));
        if (recovery.token() != null) {
            request.getSession(true).setAttribute(TOKEN, recovery.token());
            return address.of(Page.RECOVER, "done", recovery.id());
        }
        deed.say(Texts.say("said.recovery", recovery.id()));
        return address.of(Page.RECOVERY) + "#recovery-" + recovery.id();
    }

    private List<String> paths() {
        return Arrays.stream(address.lines("paths").orElse("").split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(MOST_PATHS)
                .toList();
    }

    private long number() {
        return system.get().machine().number();
    }

    private String name() {
        return system.get().machine().name();
    }

    private String here() {
        return address.of(
                Page.RECOVER,
                "system",
                system.map(line -> line.machine().number()).orElse(null),
                "snapshot",
                snapshot.map(SnapshotBrief::snapshot).orElse(null),
                "where",
                where.map(Address::word).orElse(null));
    }

    public int getStep() {
        return where.isPresent() ? STEPS : snapshot.isPresent() ? STEPS - 1 : system.isPresent() ? 2 : 1;
    }

    public String getHeadline() {
        if (!token.isEmpty()) {
            return Texts.say("recover.token.headline");
        }
        return system.isEmpty() ? Texts.say("recover.headline") : Texts.say("recover.headline.of", name());
    }

    public String getLead() {
        if (!token.isEmpty()) {
            return Texts.say("recover.token.lead");
        }
        if (system.isEmpty()) {
            return Texts.say("recover.lead");
        }
        return kept.isEmpty()
                ? Texts.say("recover.lead.none")
                : Texts.say("recover.lead.of", moments.said(kept.get(0).received()));
    }

    public List<Step> getSteps() {
        int now = getStep();
        List<String> chosen = List.of(
                system.map(line -> line.machine().name()).orElse(""),
                snapshot.map(each -> moments.said(each.received())).orElse(""),
                where.map(each -> Texts.say("recover.where." + each)).orElse(""),
                "");
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i <= STEPS; i++) {
            steps.add(new Step(
                    i + " · " + Texts.say("recover.step." + i),
                    chosen.get(i - 1),
                    i < now ? "past" : i == now ? "now" : "",
                    i == now ? "step" : "false"));
        }
        return steps;
    }

    public String getFind() {
        return address.text("find").orElse("");
    }

    public List<Choice> getMachines() {
        InventoryQuery query = new InventoryQuery(
                        address.text("find")
                                .filter(text -> text.length() <= 100)
                                .orElse(null),
                        InventoryQuery.Which.SOURCES,
                        InventoryQuery.Sort.BACKED_UP,
                        false,
                        0,
                        MACHINES)
                .within(caller.owners());
        return inventory.page(query).lines().stream()
                .filter(line -> line.backedUp() != null)
                .map(line -> new Choice(
                        line.machine().name(),
                        Texts.say("recover.last", moments.said(line.backedUp())),
                        address.of(Page.RECOVER, "system", line.machine().number())))
                .toList();
    }

    public List<Choice> getSnapshots() {
        return kept.stream()
                .map(each -> new Choice(
                        moments.exact(each.received()),
                        Texts.say("recover.snapshot", Amounts.count(each.files()), Amounts.bytes(each.bytes())),
                        address.of(Page.RECOVER, "system", number(), "snapshot", each.snapshot())))
                .toList();
    }

    public List<Choice> getWays() {
        return Arrays.stream(Where.values())
                .map(each -> new Choice(
                        Texts.say("recover.where." + each),
                        Texts.say("recover.where." + each + ".about"),
                        address.of(
                                Page.RECOVER,
                                "system",
                                number(),
                                "snapshot",
                                snapshot.map(SnapshotBrief::snapshot).orElse(""),
                                "where",
                                Address.word(each))))
                .toList();
    }

    /** Machines whose agents could take the place. */
    public List<Option> getAgents() {
        InventoryQuery query = new InventoryQuery(
                        null, InventoryQuery.Which.SOURCES, InventoryQuery.Sort.NAME, false, 0, 1_000)
                .within(caller.owners());
        return inventory.page(query).lines().stream()
                .filter(line -> line.machine().number() != number())
                .map(line -> new Option(
                        String.valueOf(line.machine().number()), line.machine().name(), false))
                .toList();
    }

    public boolean isArchive() {
        return where.filter(each -> each == Where.ARCHIVE).isPresent();
    }

    public boolean isAgent() {
        return where.filter(each -> each == Where.AGENT).isPresent();
    }

    public boolean isSsh() {
        return where.filter(each -> each == Where.SSH).isPresent();
    }

    public boolean isHandOver() {
        return where.filter(each -> each == Where.TOKEN).isPresent();
    }

    /** What a person types who has a machine with nothing but sshd. */
    public String getSshCommand() {
        return "cranny admin recover " + number() + " --snapshot "
                + getSnapshot().substring(0, 12) + " --ssh root@HOST --target /mnt --host-key SHA256:… --ssh-key FILE";
    }

    public String getHappens() {
        return where.map(each -> Texts.say("recover.happens." + each, name())).orElse("");
    }

    public String getRule() {
        if (authority.escrowSplit().isPresent()) {
            return Texts.say("recover.rule.officers", settings.approvalWait().toHours());
        }
        ApprovalRule rule = settings.approvalRule();
        return Texts.say("recover.rule." + rule, settings.approvalWait().toHours());
    }

    public String getTold() {
        return system.map(line -> line.machine().owner())
                .map(owner -> Texts.say("recover.told.owner", owner))
                .orElse(Texts.say("recover.told"));
    }

    public String getToken() {
        return token;
    }

    public String getTokenCommand() {
        return "cranny recover " + settings.machinesUrl() + " --ca-fingerprint " + authority.fingerprint() + " --token "
                + token;
    }

    public long getSystem() {
        return system.map(line -> line.machine().number()).orElse(0L);
    }

    public String getSnapshot() {
        return snapshot.map(SnapshotBrief::snapshot).orElse("");
    }

    public String getWhere() {
        return where.map(Address::word).orElse("");
    }

    public String getBack() {
        Object snapshotBefore = where.isPresent() ? getSnapshot() : null;
        Object systemBefore = snapshot.isPresent() ? number() : null;
        return address.of(Page.RECOVER, "system", systemBefore, "snapshot", snapshotBefore);
    }
}
