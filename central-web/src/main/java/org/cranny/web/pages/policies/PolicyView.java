package org.cranny.web.pages.policies;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.PolicyLine;
import org.cranny.central.policy.Scope;
import org.cranny.central.system.Systems;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** What one scope sets: as a form with what it inherits, as a document, and who changed it before. */
@Named
@RequestScoped
public class PolicyView {
    private static final int HISTORY = 20;

    @Inject
    Policies policies;

    @Inject
    Systems systems;

    @Inject
    PolicyPreview preview;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    private Scope scope;
    private String name;
    private Optional<PolicyLine> line = Optional.empty();
    private PolicyForm form;
    private List<Field.Section> sections;
    private String wrong = "";

    /** One change. */
    public record Change(String when, String exactly, String by, String before, String after) {}

    @PostConstruct
    void find() {
        try {
            scope = Scope.of(address.text("scope").orElse(""));
            name = address.text("name").orElse("");
            form = new PolicyForm(scope, Policy.EMPTY, policies.inherited(scope, name));
            line = Optional.of(policies.get(scope, name));
            form = new PolicyForm(scope, line.get().policy(), policies.inherited(scope, name));
        } catch (ProblemException e) {
            boolean unset = ProblemKind.NOT_FOUND.name().equals(e.problem().kind());
            scope = unset && form != null ? scope : null;
        }
    }

    /** Says that there is no such scope, or carries out what a button asks for. */
    public void act() {
        if (scope == null) {
            Missing.answer();
        } else if (address.isSentForm()) {
            carryOut(address.text("do").orElse(""));
        }
    }

    /** What is refused stays on the page, so that nobody has to write it again. */
    private void carryOut(String what) {
        boolean asDocument = what.equals("set-document");
        try {
            deed.requireActing();
            switch (what) {
                case "unset" -> policies.unset(caller.name(), scope, name);
                case "set-document" -> policies.set(caller.name(), scope, name, document());
                case "preview" -> preview.tryOut(scope, name, form.document(this::sent));
                default -> policies.set(caller.name(), scope, name, form.document(this::sent));
            }
            if (what.equals("preview")) {
                sections = form.sections(this::sent, Map.of());
            } else {
                deed.carryOut(
                        here(),
                        () -> Texts.say(what.equals("unset") ? "said.policy-unset" : "said.policy-set", getTitle()));
            }
        } catch (ProblemException e) {
            refuse(e, asDocument);
        }
    }

    private void refuse(ProblemException e, boolean asDocument) {
        String sentence = Deed.sentence(e);
        Optional<Member> member = Optional.ofNullable(e.problem().field()).flatMap(Member::named);
        if (!asDocument) {
            sections = form.sections(
                    this::sent, member.map(each -> Map.of(each, sentence)).orElse(Map.of()));
        }
        wrong = asDocument || member.isEmpty()
                ? sentence
                : Texts.say("policy.wrong", member.get().label());
    }

    private String sent(String member) {
        return address.lines(member).orElse("");
    }

    private JsonObject document() {
        try (JsonReader reader = Json.createReader(new StringReader(ClosedJson.require(sent("document"))))) {
            return reader.readObject();
        } catch (JsonException | MalformedException e) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, Texts.say("policy.no-json"));
        }
    }

    private String here() {
        return address.of(Page.POLICY, "scope", scope.word(), "name", name);
    }

    public String getWrong() {
        return wrong;
    }

    public String getScope() {
        return scope == null ? "" : scope.word();
    }

    public String getName() {
        return name;
    }

    public String getTitle() {
        return PolicyList.title(scope.word(), name, systems);
    }

    public String getHeadline() {
        return line.isPresent()
                ? Texts.count(
                        "policy.headline", PolicyRow.of(line.get().policy()).size(), getTitle())
                : Texts.say("policy.headline.none", getTitle());
    }

    public boolean isSet() {
        return line.isPresent();
    }

    public boolean isActing() {
        return visitor.isActing();
    }

    public List<Field.Section> getSections() {
        if (sections == null) {
            sections = isUsual() ? form.usual() : form.sections();
        }
        return sections;
    }

    /** Whether the form proposes what does for an office. */
    public boolean isUsual() {
        return address.has("usual") && !address.isSentForm();
    }

    /** Whether it is shown as a document in place of the form. */
    public boolean isAsDocument() {
        return address.text("as").filter("document"::equals).isPresent();
    }

    public String getAsForm() {
        return here();
    }

    public String getInDocument() {
        return address.of(Page.POLICY, "scope", scope.word(), "name", name, "as", "document");
    }

    /** As it was sent, or as it stands. */
    public String getDocument() {
        return wrong.isEmpty()
                ? pretty(line.map(PolicyLine::policy).orElse(Policy.EMPTY))
                : address.lines("document").orElse("");
    }

    private static String pretty(Policy policy) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.writeObject(PolicyRow.document(policy));
        }
        return text.toString().strip();
    }

    /** What holds for a system, with what it inherits; for wider scopes only what they set. */
    public List<PolicyRow> getRows() {
        if (isOfSystem() && systems.find(Long.parseLong(name)).isPresent()) {
            return PolicyRow.of(policies.effective(Long.parseLong(name)));
        }
        return line.map(each -> PolicyRow.of(each.policy())).orElse(List.of());
    }

    public boolean isOfSystem() {
        return scope == Scope.SYSTEM;
    }

    /** What it means: of the form as it was sent to be tried, else of what stands. */
    public PolicyPreview getPreview() {
        if (isUsual() && !preview.isTried()) {
            Map<String, String> proposed = getSections().stream()
                    .flatMap(section -> section.fields().stream())
                    .collect(Collectors.toMap(Field::name, Field::value));
            preview.tryOut(scope, name, form.document(proposed::get));
        }
        return preview.of(scope, name, line.map(PolicyLine::policy).orElse(Policy.EMPTY));
    }

    public List<Change> getHistory() {
        Moments moments = new Moments(Instant.now(), address.zone());
        return policies.history(scope, name, HISTORY).stream()
                .map(each -> new Change(
                        moments.said(each.changed()),
                        moments.exact(each.changed()),
                        each.changedBy(),
                        each.before() == null ? "–" : brief(each.before()),
                        each.after() == null ? "–" : brief(each.after())))
                .toList();
    }

    private static String brief(Policy policy) {
        return PolicyRow.document(policy).toString();
    }
}
