package org.cranny.daemon.web;

import jakarta.servlet.http.HttpServletRequest;
import org.cranny.daemon.grant.Grants;
import org.cranny.daemon.identity.Caller;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Whose fragments a request may read: the caller's own, or those of the source in the grant that it shows. */
final class Reading {
    private static final String HEADER = "Cranny-Grant";

    private final Grants grants;
    private final Caller caller;
    private final Grant grant;

    private Reading(Grants grants, Caller caller, Grant grant) {
        this.grants = grants;
        this.caller = caller;
        this.grant = grant;
    }

    /** @throws ProblemException NO_GRANT when there is a grant and it is not good */
    static Reading of(HttpServletRequest request, Grants grants) {
        Caller caller = MachineServlet.caller(request);
        String shown = request.getHeader(HEADER);
        return new Reading(grants, caller, shown == null ? null : grants.check(caller, Act.READ, shown));
    }

    SystemId source() {
        return grant == null ? caller.system() : grant.source();
    }

    /** Refuses a fragment that the grant does not name. */
    void reach(FragmentId fragment) {
        if (grant != null && !grant.covers(fragment)) {
            throw new ProblemException(ProblemKind.NO_GRANT, "the grant does not name fragment " + fragment);
        }
    }

    /** Refuses a grant that names fragments: it does not show what else there is. */
    Reading all() {
        if (grant != null && !grant.fragments().isEmpty()) {
            throw new ProblemException(ProblemKind.NO_GRANT, "the grant is for single fragments");
        }
        return this;
    }

    void use(long bytes) {
        if (grant != null) {
            grants.use(caller, grant, bytes);
        }
    }
}
