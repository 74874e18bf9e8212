package org.cranny.client.central;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.http.TooLongException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Says what a failed exchange means: not central at all, central that refuses us, or central that is away or full. */
final class Trouble {
    private static final int DEEPEST = 20;

    /** Alerts that speak of who asks (RFC 8446, section 6.2); others, like internal_error, pass with time. */
    private static final Pattern REFUSED = Pattern.compile("fatal alert: (?:bad_certificate|unsupported_certificate"
            + "|certificate_(?:revoked|expired|unknown|required)|unknown_ca|access_denied)$");

    private Trouble() {}

    /** Throws what another try would not change; returns when one may help. */
    static void refuseHopeless(URI central, Throwable failure) throws IOException {
        CertificateException untrusted = find(CertificateException.class, failure);
        if (untrusted != null) {
            throw new UntrustedCentralException(central, untrusted);
        }
        if (TooLongException.isCauseOf(failure)) {
            throw new IOException(
                    "Central at " + central
                            + " sent more than an answer can have. Check that its version fits this one.",
                    failure);
        }
        SSLException tls = find(SSLException.class, failure);
        if (tls != null && REFUSED.matcher(String.valueOf(tls.getMessage())).find()) {
            throw new ProblemException(
                    ProblemKind.NOT_LOGGED_IN,
                    "Central at " + central + " refuses this machine's certificate (" + tls.getMessage() + ").");
        }
    }

    static CatalogueAwayException away(URI central, Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < DEEPEST && root.getCause() != null; i++) {
            root = root.getCause();
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new CatalogueAwayException(
                "Central at " + central + " cannot be reached (" + reason
                        + "). Check the network, or try again when central is back.",
                failure);
    }

    static CatalogueAwayException away(URI central, int status) {
        return new CatalogueAwayException(
                "At " + central + " something answers with status " + status
                        + ", but it is not central's application. Try again when central has started.",
                null);
    }

    /**
     * A central that can write nothing down is as good as away: what was to be said to it waits. So is one that got half of
     * what was said, which another try at once may change.
     */
    static void refuseForNow(URI central, Problem problem) throws CatalogueAwayException {
        if (ProblemKind.CENTRAL_FULL.name().equals(problem.kind())) {
            throw new CatalogueAwayException(
                    "Central at " + central + " takes nothing now, because its own disk is full. "
                            + ProblemKind.CENTRAL_FULL.advice(),
                    new ProblemException(problem));
        }
        if (ProblemKind.TOO_SLOW.name().equals(problem.kind())) {
            throw new CatalogueAwayException(
                    "Central at " + central + " did not get in time what was sent to it. Check the network.", null);
        }
    }

    static <T extends Throwable> T find(Class<T> type, Throwable failure) {
        Throwable at = failure;
        for (int i = 0; i < DEEPEST && at != null; i++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }
}
