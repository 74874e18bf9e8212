package org.cranny.daemon.identity;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.cranny.daemon.identity.StubCentral.Answer;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.enrollment.RenewalChallenge;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;

/** What central answers to a machine that renews: a challenge, then a certificate for whoever signed it. */
public record StubRenewal(TestRealm realm, Member machine, X509Certificate certificate)
        implements Function<String, Answer> {
    /** Below which a stub listens for this. */
    public static final String PATH = "/api/v1/renewals";

    private static final Jsonb JSON = JsonbBuilder.create();

    /** A new certificate for the machine's own key. */
    public static StubRenewal of(TestRealm realm, Member machine) {
        return new StubRenewal(
                realm,
                machine,
                realm.certify(machine.keys().getPublic(), machine.id().number()));
    }

    @Override
    public Answer apply(String body) {
        if (!body.contains("renewal")) {
            String challenge = Base64.getUrlEncoder().encodeToString(new byte[Renewal.CHALLENGE_OCTETS]);
            return new Answer(200, JSON.toJson(new RenewalChallenge(challenge)));
        }
        try {
            String signed = JSON.fromJson(body, RenewalRequest.class).renewal();
            Renewal.open(Signed.parse(signed), machine.keys().getPublic());
            List<String> chain = List.of(pem(certificate), pem(realm.authority()));
            return new Answer(
                    200,
                    JSON.toJson(new Enrolled(
                            machine.id().number(), realm.id().hex(), chain, realm.realmKeys(), null, null)));
        } catch (MalformedException | GeneralSecurityException e) {
            Problem problem = Problem.of(ProblemKind.NOT_ALLOWED, "a stranger");
            return new Answer(problem.status(), JSON.toJson(problem));
        }
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return Certificates.pem("CERTIFICATE", certificate.getEncoded());
    }
}
