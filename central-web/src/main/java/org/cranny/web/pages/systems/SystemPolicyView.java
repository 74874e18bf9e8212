package org.cranny.web.pages.systems;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.cranny.central.policy.Effective;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.Schedules;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.policies.PolicyRow;
import org.cranny.web.pages.words.Texts;

/** The policy that holds for a system, where each part of it comes from, and when it is backed up next. */
@Named
@RequestScoped
public class SystemPolicyView {
    private static final int TIMES = 5;

    @Inject
    SystemView system;

    @Inject
    Policies policies;

    @Inject
    Schedules schedules;

    @Inject
    Address address;

    private Effective effective;

    public List<SystemView.Time> getNext() {
        return system.isSource()
                        && !system.isRevoked()
                        && !system.line().machine().isDevice()
                ? schedules.next(system.getId(), TIMES).stream()
                        .map(system::time)
                        .toList()
                : List.of();
    }

    private Effective effective() {
        if (effective == null) {
            effective = policies.effective(system.getId());
        }
        return effective;
    }

    public List<PolicyRow> getRows() {
        return PolicyRow.of(effective());
    }

    public String getGroups() {
        return effective().labels().isEmpty()
                ? Texts.say("system.no-groups")
                : String.join(", ", effective().labels());
    }

    /** Those of the directory that its owner is in; empty when there are none. */
    public String getDirectoryGroups() {
        return String.join(", ", effective().directoryGroups());
    }

    public String getOwnPolicy() {
        return address.of(Page.POLICY, "scope", "system", "name", system.getId());
    }
}
