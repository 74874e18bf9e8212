package org.cranny.web.pages.frame;

import jakarta.el.MethodExpression;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIViewAction;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.cranny.web.security.Visits;
import org.primefaces.context.PrimeFacesContext;
import org.primefaces.csp.CspException;

/**
 * Carries out what a sent form asks for once its token and its nonce were found good, and before anything else of its page
 * is asked for: a form may name what is not there. Pages say by a view action what carries theirs out; a form of a page
 * without one is left to Faces.
 */
public class SentForm implements PhaseListener {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Visits visits;

    /** The phase of before ends with its view, or with what was wrong with the token: after that nothing of this runs. */
    @Override
    public PhaseId getPhaseId() {
        return PhaseId.APPLY_REQUEST_VALUES;
    }

    @Override
    public void beforePhase(PhaseEvent event) {
        FacesContext faces = event.getFacesContext();
        if (!faces.isPostback()) {
            return;
        }
        HttpServletRequest request =
                (HttpServletRequest) faces.getExternalContext().getRequest();
        boolean leaves = "leave".equals(request.getParameter("do"));
        List<MethodExpression> actions = actions(faces.getViewRoot());
        if (!leaves && actions.isEmpty()) {
            return;
        }
        if (!bringsItsNonce(faces)) {
            Deed.show(PageGate.anew(request));
        } else if (leaves) {
            visits.end(request);
            Deed.show(request.getContextPath() + "/login.xhtml");
        } else {
            actions.forEach(action -> action.invoke(faces.getELContext(), null));
        }
        if (!faces.getResponseComplete()) {
            faces.renderResponse();
        }
    }

    /** Without it the page could not be shown, and it would be found out only then. */
    private static boolean bringsItsNonce(FacesContext faces) {
        try {
            return PrimeFacesContext.getCspState(faces).getNonce() != null;
        } catch (CspException e) {
            return false;
        }
    }

    private static List<MethodExpression> actions(UIViewRoot page) {
        UIComponent metadata = page.getFacet(UIViewRoot.METADATA_FACET_NAME);
        return metadata == null
                ? List.of()
                : metadata.getChildren().stream()
                        .filter(UIViewAction.class::isInstance)
                        .map(child -> ((UIViewAction) child).getActionExpression())
                        .toList();
    }
}
