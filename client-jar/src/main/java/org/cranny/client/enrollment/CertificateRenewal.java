package org.cranny.client.enrollment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Base64;
import org.cranny.client.central.Doorstep;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Gets this machine a new certificate for the key that it has, before the old one expires, or however long after: it
 * signs a challenge of the central whose authority this machine pinned when it joined. What central answers is checked
 * as at the joining; the allotment that comes with it is kept too.
 */
public final class CertificateRenewal {
    private final Home home;
    private final Clock clock;

    public CertificateRenewal(Home home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    /**
     * Renews.
     *
     * @return the new identity, on disk
     * @throws org.cranny.engine.backup.CatalogueAwayException while central is away
     * @throws org.cranny.protocol.problem.ProblemException REVOKED, and what else central answers
     */
    public MachineIdentity renew() throws IOException {
        Configuration configuration = home.configuration();
        MachineIdentity before = home.identity();
        PinnedAuthority pinned = new PinnedAuthority(Fingerprint.parse(configuration.caFingerprint()));
        Enrolled answer;
        try (Doorstep doorstep = new Doorstep(configuration.central(), pinned.context())) {
            byte[] challenge =
                    Base64.getUrlDecoder().decode(doorstep.renewalChallenge().challenge());
            Renewal renewal = new Renewal(before.system(), challenge);
            answer =
                    doorstep.renew(new RenewalRequest(renewal.sign(before.key()).text()));
        }
        KeyPair own = new KeyPair(before.certificate().getPublicKey(), before.key());
        Membership membership = Membership.check(answer, pinned.authority(), own, clock.instant());
        if (!membership.identity().system().equals(before.system())) {
            throw new EnrollmentException("Central's answer is for another machine. Tell your administrator.");
        }
        keep(membership);
        return membership.identity();
    }

    private void keep(Membership membership) throws IOException {
        char[] password = Files.readString(home.identityPassword(), StandardCharsets.US_ASCII)
                .strip()
                .toCharArray();
        home.keepAllotment(membership.allotment());
        DurableFiles.write(home.identityFile(), StagedHome.pkcs12(membership.identity(), password));
    }
}
