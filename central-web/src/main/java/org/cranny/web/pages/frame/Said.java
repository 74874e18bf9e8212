package org.cranny.web.pages.frame;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What came of the last deed: kept until a page has shown it once. */
@Named
@RequestScoped
public class Said {
    private static final String ATTRIBUTE = "org.cranny.said";

    @Inject
    HttpServletRequest request;

    private List<Line> lines = List.of();

    /** One sentence. @param tone {@code good} or {@code bad} */
    public record Line(String tone, String text) implements Serializable {
        public boolean bad() {
            return tone.equals("bad");
        }
    }

    @PostConstruct
    void take() {
        HttpSession session = request.getSession(false);
        if (session != null && !request.getMethod().equals("POST") && session.getAttribute(ATTRIBUTE) != null) {
            lines = kept(session);
            session.removeAttribute(ATTRIBUTE);
        }
    }

    public List<Line> getLines() {
        return lines;
    }

    void done(String text) {
        keep(new Line("good", text));
    }

    void wrong(String text) {
        keep(new Line("bad", text));
    }

    /** Says a sentence on the page that is shown next, to whoever visits already. */
    static void warn(HttpServletRequest request, String text) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            keep(session, new Line("bad", text));
        }
    }

    private void keep(Line line) {
        keep(request.getSession(true), line);
    }

    private static void keep(HttpSession session, Line line) {
        List<Line> all = new ArrayList<>(kept(session));
        all.add(line);
        session.setAttribute(ATTRIBUTE, all);
    }

    @SuppressWarnings("unchecked")
    private static List<Line> kept(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof List<?> list ? (List<Line>) list : List.of();
    }
}
