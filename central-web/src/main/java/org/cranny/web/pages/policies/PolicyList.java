package org.cranny.web.pages.policies;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.PolicyLine;
import org.cranny.central.policy.Scope;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** All policies, and a bench to try patterns on. */
@Named
@RequestScoped
public class PolicyList {
    private static final int PAGE = 100;

    @Inject
    Policies policies;

    @Inject
    Systems systems;

    @Inject
    Address address;

    private List<PolicyLine> lines;
    private List<Row> rows;

    /** What one scope sets. */
    public record Row(String title, String href, String sets, String when, String whenExactly, String by) {}

    @PostConstruct
    void look() {
        lines = policies.list(address.text("after").orElse(null), PAGE);
        Moments moments = new Moments(Instant.now(), address.zone());
        rows = lines.stream().map(line -> row(line, moments)).toList();
    }

    private Row row(PolicyLine line, Moments moments) {
        return new Row(
                title(line.scope(), line.name(), systems),
                address.of(Page.POLICY, "scope", line.scope(), "name", line.name()),
                PolicyRow.of(line.policy()).stream().map(PolicyRow::member).collect(Collectors.joining(", ")),
                moments.said(line.changed()),
                moments.exact(line.changed()),
                line.changedBy());
    }

    static String title(String scope, String name, Systems systems) {
        int colon = name.indexOf(':');
        String number = colon < 0 ? name : name.substring(0, colon);
        return switch (Scope.of(scope)) {
            case COMPANY -> Texts.say("policy.company");
            case GROUP -> Texts.say("policy.group", name);
            case SYSTEM -> machine(number, systems);
            case PATH -> Texts.say("policy.path", name.substring(colon + 1), machine(number, systems));
        };
    }

    private static String machine(String number, Systems systems) {
        return systems.find(Long.parseLong(number)).map(Machine::name).orElse("system " + number);
    }

    public String getHeadline() {
        return rows.isEmpty() ? Texts.say("policies.headline.none") : Texts.count("policies.headline", rows.size());
    }

    public List<Row> getRows() {
        return rows;
    }

    /** The company's policy with what does for an office in its form. */
    public String getUsual() {
        return address.of(Page.POLICY, "scope", "company", "name", Scope.EVERYBODY, "usual", 1);
    }

    public String getCompany() {
        return address.of(Page.POLICY, "scope", "company", "name", Scope.EVERYBODY);
    }

    public String getAfter() {
        if (lines.size() < PAGE) {
            return "";
        }
        PolicyLine last = lines.get(lines.size() - 1);
        return address.of(Page.POLICIES, "after", last.scope() + " " + last.name());
    }
}
