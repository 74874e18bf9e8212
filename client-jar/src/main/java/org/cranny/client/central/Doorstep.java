package org.cranny.client.central;

import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.recovery.HandedOver;

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

    /** Asks for the place of a lost machine. Said once only: a token may be used up by it. */
    public HandedOver handOver(HandOverRequest request) throws IOException {
        return calls.postOnce("hand-overs", request, HandedOver.class);
    }

    @Override
    public void close() {
        calls.close();
    }
}
