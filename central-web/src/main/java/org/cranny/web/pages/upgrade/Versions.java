package org.cranny.web.pages.upgrade;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.central.upgrade.ProgramLine;
import org.cranny.central.upgrade.Programs;
import org.cranny.central.upgrade.Upgrade;
import org.cranny.central.upgrade.UpgradeRequest;
import org.cranny.central.upgrade.Upgrades;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** Which version of which program runs where; upgrading all that central may, or one; and how an upgrade goes. */
@Named
@RequestScoped
public class Versions {
    private static final int MOST_ROWS = 200;
    private static final int EARLIER = 10;
    private static final List<String> FIRST = List.of("UPGRADING", "WAITING", "BEHIND", "CURRENT", "UNKNOWN");

    @Inject
    Programs programs;

    @Inject
    Upgrades upgrades;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    private Moments moments;
    private List<ProgramLine> all;
    private Upgrade shown;
    private boolean unknown;

    /** How many programs run one version. */
    public record Count(String program, String version, String many, int percent) {}

    /** One program. @param system what its button asks for; empty when it cannot be upgraded from here */
    public record Row(
            String name,
            String href,
            String program,
            String version,
            String since,
            String exactly,
            String tone,
            String state,
            String system) {}

    /** One program of an upgrade. */
    public record Line(
            String name, String href, String program, String before, String tone, String state, String reason) {}

    /** One upgrade. */
    public record Earlier(
            String href, String title, String when, String exactly, String by, String tone, String state) {}

    @PostConstruct
    void find() {
        moments = new Moments(Instant.now(), address.zone());
        Optional<Long> id = address.number("id");
        if (id.isPresent() || address.has("id")) {
            try {
                shown = upgrades.find(id.orElse(0L));
            } catch (ProblemException e) {
                unknown = true;
            }
        }
    }

    /** Says that there is no such upgrade, or begins or stops one. */
    public void act() {
        if (unknown) {
            Missing.answer();
        } else if (address.isSentForm()) {
            String what = address.lines("do").orElse("");
            if (what.equals("stop") && shown != null) {
                deed.carryOut(address.of(Page.VERSIONS, "id", shown.id()), () -> {
                    upgrades.stop(caller.name(), shown.id());
                    return Texts.say("said.upgrade.stop");
                });
            } else {
                deed.carryOutTo(address.of(Page.VERSIONS), () -> begin(what));
            }
        }
    }

    private String begin(String what) {
        String[] words = what.split(" ");
        boolean one = words.length == 3;
        Upgrade begun = upgrades.ask(
                caller.name(),
                new UpgradeRequest(one ? List.of(words[1]) : null, !one, one ? List.of(words[2]) : null, null, false));
        deed.say(Texts.say("said.upgrade", begun.version()));
        return address.of(Page.VERSIONS, "id", begun.id());
    }

    private List<ProgramLine> all() {
        if (all == null) {
            all = programs.all();
        }
        return all;
    }

    private long behind() {
        return all().stream().filter(Versions::canBeUpgraded).count();
    }

    private static boolean canBeUpgraded(ProgramLine line) {
        return line.state().equals("BEHIND") && line.upkeep().equals("CENTRAL");
    }

    public boolean isShowing() {
        return shown != null;
    }

    public boolean isRunning() {
        return shown != null && shown.state().equals("RUNNING");
    }

    public boolean isStoppable() {
        return isRunning() && shown.stopped() == null && visitor.isActing();
    }

    /** Whether no program ever told its version. */
    public boolean isNothing() {
        return all().isEmpty();
    }

    public String getHeadline() {
        if (shown != null) {
            return Texts.say("versions.headline.of", shown.version());
        }
        long old = all().stream().filter(line -> line.state().equals("BEHIND")).count();
        if (all().isEmpty()) {
            return Texts.say("versions.headline.none");
        }
        return old == 0
                ? Texts.count("versions.headline.current", all().size())
                : Texts.count(
                        old == all().size() ? "versions.headline.old" : "versions.headline.behind", old, all().size());
    }

    public String getLead() {
        if (shown == null) {
            return Texts.say("versions.lead");
        }
        return Texts.say("install.lead.of", shown.askedBy(), moments.said(Instant.parse(shown.asked())));
    }

    /** Why the upgrade that is shown stopped; empty when it did not. */
    public String getStopped() {
        return shown == null || shown.stopped() == null ? "" : Texts.say("versions.stopped", shown.stopped());
    }

    /** Versions at a glance: the daemon's, then the application's, the newest first. */
    public List<Count> getCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        all().stream()
                .sorted(Comparator.comparing(ProgramLine::program)
                        .thenComparing(ProgramLine::version, Comparator.reverseOrder()))
                .forEach(line -> counts.merge(line.program() + " " + line.version(), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(each -> count(each.getKey().split(" ", 2), each.getValue()))
                .toList();
    }

    private Count count(String[] which, long many) {
        long ofThem =
                all().stream().filter(line -> line.program().equals(which[0])).count();
        return new Count(
                program(which[0]), which[1], Texts.count("versions.machines", many), (int) (100 * many / ofThem));
    }

    private static String program(String program) {
        return Texts.say("versions.program." + program);
    }

    public boolean isUpgradable() {
        return visitor.isActing() && behind() > 0;
    }

    public String getUpgradeAll() {
        return Texts.count("versions.all", behind());
    }

    public List<Row> getRows() {
        return all().stream()
                .sorted(Comparator.<ProgramLine>comparingInt(line -> FIRST.indexOf(line.state()))
                        .thenComparing(line -> !canBeUpgraded(line)))
                .limit(MOST_ROWS)
                .map(this::row)
                .toList();
    }

    /** Said when not all are shown. */
    public String getMore() {
        return all().size() > MOST_ROWS ? Texts.count("versions.more", all().size() - MOST_ROWS) : "";
    }

    private Row row(ProgramLine line) {
        Instant since = Instant.parse(line.since());
        boolean byCentral = line.upkeep().equals("CENTRAL");
        return new Row(
                line.name(),
                address.of(Page.SYSTEM, "id", line.system()),
                program(line.program()),
                line.version(),
                moments.said(since),
                moments.exact(since),
                tone(line.state()),
                line.state().equals("BEHIND") && !byCentral
                        ? Texts.say("versions.behind." + line.upkeep(), line.newest())
                        : Texts.say("versions.state." + line.state(), line.newest()),
                canBeUpgraded(line) && visitor.isActing() ? "one " + line.system() + " " + line.program() : "");
    }

    private static String tone(String state) {
        return switch (state) {
            case "CURRENT", "UPGRADED", "DONE" -> "good";
            case "FAILED", "STOPPED" -> "bad";
            case "BEHIND", "EXCLUDED" -> "warn";
            default -> "";
        };
    }

    public List<Line> getLines() {
        return shown.results().stream()
                .map(line -> new Line(
                        line.name(),
                        address.of(Page.SYSTEM, "id", line.system()),
                        program(line.program()),
                        line.before(),
                        tone(line.state()),
                        Texts.say("versions.result." + line.state()),
                        line.reason() == null ? "" : line.reason()))
                .toList();
    }

    public int getPercent() {
        long ended = shown.results().stream()
                .filter(line -> !line.state().equals("WAITING") && !line.state().equals("UPGRADING"))
                .count();
        return (int) (100 * ended / Math.max(1, shown.programs()));
    }

    public String getProgress() {
        return progress(shown);
    }

    private static String progress(Upgrade upgrade) {
        return Texts.say(
                upgrade.failed() == 0 ? "versions.progress" : "versions.progress.failed",
                upgrade.upgraded(),
                upgrade.programs(),
                upgrade.failed());
    }

    public List<Earlier> getEarlier() {
        return upgrades.newest(EARLIER).stream().map(this::earlier).toList();
    }

    private Earlier earlier(Upgrade each) {
        Instant asked = Instant.parse(each.asked());
        return new Earlier(
                address.of(Page.VERSIONS, "id", each.id()),
                Texts.say("versions.headline.of", each.version()),
                moments.said(asked),
                moments.exact(asked),
                each.askedBy(),
                tone(each.state()),
                progress(each));
    }

    public String getBack() {
        return address.of(Page.VERSIONS);
    }
}
