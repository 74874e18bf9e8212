package org.cranny.client.central;

import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;

/** Central's people's listener, for a machine that has no certificate yet. */
public final class Doorstep implements AutoCloseable {
    private final ControlCalls calls;

    /** @param tls accepts nobody but the central that the administrator named */
    public Doorstep(URI people, SSLContext tls) {
        calls = new ControlCalls(people, tls, Pause.real());
    }

    /** Asks to join. Said once only: a token may be used up by it. */
    public Enrolled enroll(EnrollmentRequest request) throws IOException {
        return calls.postOnce("enrollments", request, Enrolled.class);
    }

    @Override
    public void close() {
        calls.close();
    }
}
