package org.cranny.web.pages.policies;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.cranny.central.policy.Effective;
import org.cranny.central.policy.Forecast;
import org.cranny.central.policy.Forecasts;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.Schedules;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** What a policy means: when backups are due next, and of one machine what they would take. */
@RequestScoped
public class PolicyPreview {
    private static final int TIMES = 5;
    /** Machines are spread behind each time; this number stands for one that is not. */
    private static final long NO_MACHINE = 0;

    @Inject
    Policies policies;

    @Inject
    Schedules schedules;

    @Inject
    Forecasts forecasts;

    @Inject
    Address address;

    @Inject
    Caller caller;

    private Policy policy;
    private Effective effective;
    private boolean tried;
    private Forecast forecast;
    private String trouble = "";

    /** A time in words. */
    public record Due(String said, String exactly) {}

    /** Looks at a document that is not set. @throws ProblemException BAD_REQUEST with the member */
    void tryOut(Scope scope, String name, JsonObject document) {
        look(scope, name, policies.read(scope, name, document));
        tried = true;
        if (effective != null) {
            foretell();
        }
    }

    private void foretell() {
        try {
            forecast = forecasts.of(caller.name(), effective.system(), effective);
        } catch (ProblemException e) {
            trouble = Deed.sentence(e);
        }
    }

    /** Looks at what stands, unless something was tried. */
    PolicyPreview of(Scope scope, String name, Policy own) {
        if (policy == null) {
            look(scope, name, own);
        }
        return this;
    }

    private void look(Scope scope, String name, Policy own) {
        policy = own;
        if (scope == Scope.SYSTEM) {
            effective = policies.effective(Long.parseLong(name), own);
            policy = effective.policy();
        }
    }

    public boolean isTried() {
        return tried;
    }

    public List<Due> getDue() {
        Moments moments = new Moments(Instant.now(), address.zone());
        return schedules.next(policy, effective == null ? NO_MACHINE : effective.system(), TIMES).stream()
                .map(each -> new Due(moments.coming(each), moments.exact(each)))
                .toList();
    }

    public boolean isForetold() {
        return forecast != null;
    }

    public String getTrouble() {
        return trouble;
    }

    public String getTakes() {
        if (forecast.snapshot() == null) {
            return Texts.say("policy.takes.unknown");
        }
        return Texts.count(
                forecast.complete() ? "policy.takes" : "policy.takes.more",
                forecast.files(),
                Amounts.bytes(forecast.bytes()),
                forecast.leftOut());
    }

    public String getBasis() {
        return forecast.snapshot() == null
                ? ""
                : Texts.say("policy.takes.basis", new Moments(Instant.now(), address.zone()).said(forecast.taken()));
    }

    public String getMissing() {
        return forecast.snapshot() == null || forecast.missing().isEmpty()
                ? ""
                : Texts.say("policy.takes.missing", String.join(", ", forecast.missing()));
    }
}
