package org.cranny.web.pages.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.ApprovalKind;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.web.security.Caller;
import org.cranny.web.security.Roles;

/** What whoever visits may do on the pages that he may see. The one place where pages ask for roles. */
@Named
@RequestScoped
public class Visitor {
    @Inject
    HttpServletRequest request;

    @Inject
    Caller caller;

    @Inject
    Systems systems;

    /** Whether buttons that change something for all work for him. */
    public boolean isActing() {
        return request.isUserInRole(Roles.ADMINISTRATOR);
    }

    /** Whether he may order backups, restores and checks of this machine, and stop its jobs. Devices do no jobs. */
    public boolean ordersFor(long system) {
        return caller.may(system, Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR) && !isDevice(system);
    }

    /** Whether he gets files of this device back right here. */
    public boolean downloadsFrom(long system) {
        return isDevice(system) && caller.may(system, Roles.OWNER);
    }

    private boolean isDevice(long system) {
        return systems.find(system).filter(Machine::isDevice).isPresent();
    }

    /** Whether he may say how much this machine lends, and take room back. */
    public boolean lends(long system) {
        return caller.may(system, Roles.OWNER, Roles.ADMINISTRATOR);
    }

    /** Whether he may shut this machine out. */
    public boolean shutsOut(long system) {
        return caller.may(system, Roles.OWNER, Roles.HELPDESK, Roles.ADMINISTRATOR);
    }

    /** Whether he may ask for a recovery of this machine. */
    public boolean recovers(long system) {
        return caller.may(system, Roles.OWNER, Roles.ADMINISTRATOR);
    }

    /** Whether he may ask for any recovery at all. */
    public boolean isRecovering() {
        return Page.RECOVER.isFor(request::isUserInRole);
    }

    /** Whether he may give this leave, which nobody gives to himself, and which takes a role of its own. */
    public boolean gives(Approval approval) {
        return !approval.officers()
                && !approval.askedBy().equals(caller.name())
                && request.isUserInRole(ApprovalKind.valueOf(approval.kind()).role());
    }

    /** Whether he may refuse this leave: owners for their machines, whoever asked takes it back. */
    public boolean refuses(Approval approval) {
        return approval.system() == null
                ? caller.is(Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER)
                : caller.may(approval.system(), Roles.OWNER, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER);
    }

    /** Whether this page is for him. @param page its name in {@link Page} */
    public boolean opens(String page) {
        return Page.valueOf(page).isFor(request::isUserInRole);
    }
}
