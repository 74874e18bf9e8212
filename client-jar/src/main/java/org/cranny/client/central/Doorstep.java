package org.cranny.client.central;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.enrollment.RenewalChallenge;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.recovery.HandedOver;

/** Central's people's listener, for a machine that has no certificate yet, or one that expired. */
public final class Doorstep implements AutoCloseable {
    private final ControlCalls calls;

    /** @param tls accepts nobody but the central that the administrator named */
    public Doorstep(URI people, SSLContext tls) {
        calls = new ControlCalls(people, tls, Pause.real());
    }

    /** Asks to join; the same again gives the same, and uses no more of the token up. */
    public Enrolled enroll(EnrollmentRequest request) throws IOException {
        return calls.post("enrollments", request, Enrolled.class);
    }

    /** Asks for the place of a lost machine; the same again gives the same. */
    public HandedOver handOver(HandOverRequest request) throws IOException {
        return calls.post("hand-overs", request, HandedOver.class);
    }

    /** Something to sign, within five minutes. */
    public RenewalChallenge renewalChallenge() throws IOException {
        return calls.post("renewals/challenge", Map.of(), RenewalChallenge.class);
    }

    /** Asks for a new certificate; the same again gives the same. */
    public Enrolled renew(RenewalRequest request) throws IOException {
        return calls.post("renewals", request, Enrolled.class);
    }

    @Override
    public void close() {
        calls.close();
    }
}
