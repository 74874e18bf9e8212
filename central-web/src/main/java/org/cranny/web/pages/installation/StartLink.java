package org.cranny.web.pages.installation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.cranny.central.installation.WebStart;

/** The link that starts the backup application on the machine of whoever looks. */
@Named
@RequestScoped
public class StartLink {
    @Inject
    WebStart application;

    @Inject
    HttpServletRequest request;

    public boolean isShown() {
        return application.available();
    }

    public String getHref() {
        return request.getContextPath() + "/api/v1/webstart/" + WebStart.DOCUMENT;
    }
}
