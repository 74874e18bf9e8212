package org.cranny.web.pages.installation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.cranny.central.authority.Authority;
import org.cranny.central.installation.WebStart;

/** The link that starts the backup application on the machine of whoever looks. */
@Named
@RequestScoped
public class StartLink {
    @Inject
    WebStart application;

    @Inject
    Authority authority;

    @Inject
    HttpServletRequest request;

    public boolean isShown() {
        return application.available();
    }

    /** What the window of a machine is given, to sign in there: central's address and whom to believe. No secret. */
    public String getJoin() {
        URI here = URI.create(request.getRequestURL().toString());
        return "https://" + here.getAuthority() + request.getContextPath() + "/#ca-fingerprint="
                + authority.fingerprint();
    }

    public String getHref() {
        return request.getContextPath() + "/api/v1/webstart/" + WebStart.DOCUMENT;
    }
}
