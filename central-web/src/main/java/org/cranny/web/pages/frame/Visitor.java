package org.cranny.web.pages.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.cranny.web.security.Roles;

/** What whoever visits may do on the pages that he may see. The one place where pages ask for roles. */
@Named
@RequestScoped
public class Visitor {
    @Inject
    HttpServletRequest request;

    /** Whether buttons that change something work for him. */
    public boolean isActing() {
        return request.isUserInRole(Roles.ADMINISTRATOR);
    }

    /** Whether he may give leave to open backups, and refuse it. */
    public boolean isGivingLeave() {
        return request.isUserInRole(Roles.ADMINISTRATOR) || request.isUserInRole(Roles.RECOVERY_OFFICER);
    }
}
