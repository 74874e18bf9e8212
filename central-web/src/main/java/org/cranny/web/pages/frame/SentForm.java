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

/**
 * Carries out what a sent form asks for once its token was found good, and before anything else of its page is asked for:
 * a form may name what is not there. Pages say by a view action what carries theirs out; a form of a page without one is
 * left to Faces.
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
        if ("leave".equals(faces.getExternalContext().getRequestParameterMap().get("do"))) {
            visits.end((HttpServletRequest) faces.getExternalContext().getRequest());
            Deed.show(faces.getExternalContext().getRequestContextPath() + "/login.xhtml");
            return;
        }
        List<MethodExpression> actions = actions(faces.getViewRoot());
        actions.forEach(action -> action.invoke(faces.getELContext(), null));
        if (!actions.isEmpty() && !faces.getResponseComplete()) {
            faces.renderResponse();
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
