package org.cranny.web.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ResourceBundle;
import org.cranny.web.security.Visits;

/** The login page. It says the same sentence whatever was wrong with name, password or account. */
@Named
@RequestScoped
public class Login {
    @Inject
    Visits visits;

    private String name;
    private String password;

    /** Begins a visit, or stays here and says that name or password are wrong, or what central lacks to let anybody in. */
    public String enter() {
        FacesContext faces = FacesContext.getCurrentInstance();
        return switch (visits.begin(request(faces), name, password)) {
            case BEGUN -> open(faces);
            case REFUSED -> stay(faces, HttpServletResponse.SC_UNAUTHORIZED, "login.wrong");
            case DIRECTORY_AWAY -> stay(faces, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "login.away");
            case DISK_REFUSES -> stay(faces, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "login.disk");
        };
    }

    /** The first page of those that the person may see. */
    private static String open(FacesContext faces) {
        ExternalContext external = faces.getExternalContext();
        try {
            external.redirect(external.getRequestContextPath() + "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }

    private static String stay(FacesContext faces, int status, String sentence) {
        faces.getExternalContext().setResponseStatus(status);
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text(faces, sentence), null));
        return null;
    }

    private static HttpServletRequest request(FacesContext faces) {
        ExternalContext external = faces.getExternalContext();
        return (HttpServletRequest) external.getRequest();
    }

    private static String text(FacesContext faces, String key) {
        ResourceBundle texts = faces.getApplication().getResourceBundle(faces, "t");
        return texts.getString(key);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }
}
