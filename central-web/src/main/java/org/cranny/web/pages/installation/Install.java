package org.cranny.web.pages.installation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cranny.central.installation.Installation;
import org.cranny.central.installation.InstallationRequest;
import org.cranny.central.installation.Installations;
import org.cranny.central.installation.JoinLine;
import org.cranny.central.installation.JoinLines;
import org.cranny.central.installation.UninstallationRequest;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Option;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/**
 * Installing programs on machines over SSH: what is asked for, how far it is, and what was asked for before. What logs in
 * on the machines goes through here once and is never shown again.
 */
@Named
@RequestScoped
public class Install {
    private static final int EARLIER = 20;
    private static final int AGAIN = 50;
    private static final long LOOKED_AT_SECONDS = 60;
    private static final List<String> ROLES = List.of("daemon,source", "daemon", "source");

    @Inject
    Installations installations;

    @Inject
    JoinLines lines;

    @Inject
    Hosts hosts;

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
    private Installation shown;
    private boolean unknown;
    private JoinLine line;
    private List<Line> earlier;
    private String wrong = "";
    private String field = "";

    /** One machine of an installation. */
    public record Row(
            String machine, String tone, String state, String reason, List<String> keys, String href, String name) {}

    /** One installation. */
    public record Line(String href, String title, String when, String exactly, String by, String tone, String state) {}

    @PostConstruct
    void find() {
        moments = new Moments(Instant.now(), address.zone());
        Optional<Long> id = address.number("id");
        if (id.isPresent() || address.has("id")) {
            try {
                shown = installations.find(id.orElse(0L));
            } catch (ProblemException e) {
                unknown = true;
            }
        }
    }

    /** Says that there is no such installation, or begins one. What is refused stays in the form. */
    public void act() {
        if (unknown) {
            Missing.answer();
        } else if (address.isSentForm()) {
            try {
                deed.requireActing();
                if ("line".equals(sent("do"))) {
                    line = lines.make(caller.name(), Arrays.asList(sent("roles").split(",")), getCentral());
                    return;
                }
                Installation begun = isLeaving()
                        ? installations.remove(
                                caller.name(), UninstallationRequest.of(request(), "yes".equals(sent("purge"))))
                        : installations.ask(caller.name(), request());
                deed.carryOut(
                        address.of(Page.INSTALL, "id", begun.id()), () -> Texts.count(said(begun), begun.machines()));
            } catch (ProblemException e) {
                wrong = Deed.sentence(e);
                field = e.problem().field() == null ? "" : e.problem().field();
            }
        }
    }

    private String said(Installation begun) {
        return begun.dryRun() ? "said.look" : isLeaving() ? "said.off" : "said.install";
    }

    private InstallationRequest request() {
        return new InstallationRequest(
                Arrays.stream(sent("targets").split("[\\s,]+"))
                        .filter(target -> !target.isEmpty())
                        .toList(),
                Arrays.asList(sent("roles").split(",")),
                sent("user").strip(),
                orNull(address.lines("password").orElse("")),
                key(),
                sent("knownHosts"),
                null,
                getCentral(),
                port(),
                orNull(sent("quota").strip()),
                orNull(sent("keepFree").strip()),
                "look".equals(sent("do")));
    }

    private String key() {
        String key = address.lines("key").orElse("").strip().replace("\r\n", "\n");
        return key.isEmpty() ? null : key + "\n";
    }

    private Integer port() {
        String port = sent("daemonPort").strip();
        if (port.isEmpty()) {
            return null;
        }
        if (!port.matches("[0-9]{1,5}")) {
            throw new ProblemException(Problem.ofField("daemonPort", Texts.say("policy.no-number")));
        }
        return Integer.valueOf(port);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** What was sent in a field, so that nobody has to write it again. */
    public String sent(String name) {
        return address.lines(name).orElse("");
    }

    public String getUser() {
        return sent("user").isBlank() ? "root" : sent("user");
    }

    /** Where the machines find central: as whoever asks found it, unless he says otherwise. */
    public String getCentral() {
        String sent = sent("central").strip();
        return sent.isEmpty()
                ? "https://" + request.getServerName() + ":" + request.getServerPort() + request.getContextPath()
                : sent;
    }

    public List<Option> getRoles() {
        String sent = sent("roles");
        String words = isLeaving() ? "install.off.roles." : "install.roles.";
        return ROLES.stream()
                .map(roles -> new Option(roles, Texts.say(words + roles), roles.equals(sent)))
                .toList();
    }

    /** The line that was just made; it is shown this once. */
    public String getLine() {
        return line == null ? "" : line.line();
    }

    public String getLineUntil() {
        return line == null ? "" : moments.exact(Instant.parse(line.expires()));
    }

    /** Whether this field was refused. */
    public boolean refused(String name) {
        return field.equals(name);
    }

    public String getWrong() {
        return wrong;
    }

    public boolean isShowing() {
        return shown != null;
    }

    /** Whether what is shown may still change: while it runs, and while central tries to reach what was installed. */
    public boolean isLive() {
        return shown != null
                && (shown.endedAt() == null
                        || Instant.now().isBefore(Instant.parse(shown.endedAt()).plusSeconds(LOOKED_AT_SECONDS)));
    }

    public boolean isRunning() {
        return shown != null && running(shown);
    }

    private static boolean running(Installation each) {
        return "RUNNING".equals(each.state());
    }

    /** Whether programs are to be taken off machines. */
    public boolean isLeaving() {
        return shown == null && address.has("off");
    }

    /** Where programs are taken off. */
    public String getOff() {
        return address.of(Page.INSTALL, "off", 1);
    }

    public String getHeadline() {
        return shown == null ? Texts.say(isLeaving() ? "install.off" : "install.headline") : title(shown);
    }

    private static String title(Installation each) {
        String what = "REMOVE".equals(each.kind()) ? each.dryRun() ? "look-off" : "off" : each.dryRun() ? "look" : "of";
        return Texts.count("install.headline." + what, each.machines(), roles(each.roles()));
    }

    private static String roles(List<String> roles) {
        return Texts.say("install.what." + String.join(",", roles));
    }

    public String getLead() {
        return shown == null
                ? Texts.say(isLeaving() ? "install.off.lead" : "install.lead")
                : Texts.say("install.lead.of", shown.askedBy(), moments.said(Instant.parse(shown.asked())));
    }

    public int getPercent() {
        return (int) (100 * shown.ended() / Math.max(1, shown.machines()));
    }

    public String getProgress() {
        return progress(shown);
    }

    private static String progress(Installation each) {
        return Texts.say(
                each.failed() == 0 ? "install.progress" : "install.progress.failed",
                each.ended(),
                each.machines(),
                each.failed());
    }

    public String getBack() {
        return address.of(Page.INSTALL);
    }

    /** Where it stands which versions run. */
    public String getVersions() {
        return address.of(Page.VERSIONS);
    }

    public List<Row> getRows() {
        Map<Long, HostStatus> standing = hosts.named(shown.results().stream()
                .map(Installation.MachineLine::hostSystem)
                .filter(Objects::nonNull)
                .toList());
        return shown.results().stream()
                .map(line -> row(line, standing.get(line.hostSystem())))
                .toList();
    }

    private Row row(Installation.MachineLine line, HostStatus host) {
        Long system = line.hostSystem() == null ? line.sourceSystem() : line.hostSystem();
        if ("INSTALLED".equals(line.state()) && host != null && host.state() == State.UNREACHABLE) {
            return new Row(
                    line.machine(),
                    "warn",
                    Texts.say("state.unreachable"),
                    Texts.say("install.unreachable", host.address()),
                    List.of(),
                    address.of(Page.SYSTEM, "id", system),
                    Texts.say("install.system", system));
        }
        return new Row(
                line.machine(),
                tone(line.state()),
                "RUNNING".equals(line.state()) && line.step() != null
                        ? Texts.say("install.step." + line.step())
                        : Texts.say("install.state." + line.state()),
                line.reason() == null ? "" : line.reason(),
                line.shownKeys().isEmpty() ? line.report() : line.shownKeys(),
                system == null ? "" : address.of(Page.SYSTEM, "id", system),
                system == null ? "" : Texts.say("install.system", system));
    }

    private static String tone(String state) {
        return switch (state) {
            case "INSTALLED", "PRESENT", "READY", "REMOVED", "ABSENT", "DONE" -> "good";
            case "FAILED", "INCOMPLETE" -> "bad";
            default -> "";
        };
    }

    /** Earlier ones, newest first. */
    public List<Line> getEarlier() {
        if (earlier == null) {
            earlier = installations.newest(EARLIER).stream().map(this::line).toList();
        }
        return earlier;
    }

    private Line line(Installation each) {
        Instant asked = Instant.parse(each.asked());
        return new Line(
                address.of(Page.INSTALL, "id", each.id()),
                title(each),
                moments.said(asked),
                moments.exact(asked),
                each.askedBy(),
                running(each) ? "" : tone(each.state()),
                progress(each));
    }

    /** Why nothing can be installed, and what to do; empty where it can. */
    public String getHindrance() {
        return wrong.isEmpty() ? installations.hindrance().map(Deed::sentence).orElse("") : "";
    }

    /** Of what failed here, so that it can be tried again; empty where nothing did. */
    public String getAgain() {
        String failed = shown == null || running(shown) || !"INSTALL".equals(shown.kind())
                ? ""
                : shown.results().stream()
                        .filter(each -> "FAILED".equals(each.state()))
                        .map(Installation.MachineLine::machine)
                        .limit(AGAIN)
                        .collect(Collectors.joining(" "));
        return failed.isEmpty() ? "" : address.of(Page.INSTALL, "targets", failed);
    }

    public boolean isActing() {
        return visitor.isActing();
    }
}
