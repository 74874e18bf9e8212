package org.cranny.central.enrollment;

import jakarta.enterprise.context.ApplicationScoped;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.enrollment.Token;
import org.cranny.protocol.enrollment.TokenRequest;

/** Lets machines join the realm, each with a token that an administrator made. */
@ApplicationScoped
public class Enrollments {
    /** Makes a token; its text is given this once, central keeps a hash. */
    public Token createToken(String actor, TokenRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Enrolls; the same request again gives the same answer and uses nothing up. */
    public Enrolled enroll(EnrollmentRequest request) {
        throw new UnsupportedOperationException();
    }
}
