package org.cranny.client.enrollment;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.client.central.Central;
import org.cranny.client.central.Doorstep;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Makes this machine a source: it has a certificate, the realm's keys, an allotment, a key ring that is also in escrow,
 * and a first master file, or it has nothing.
 *
 * <p>The token is sent only to the central whose authority has the given fingerprint. The key ring leaves this machine
 * only sealed to the escrow key that this authority signed. Source of the rules: {@code docs/protocol/README.md}.
 */
public final class Enrollment {
    private final Home home;
    private final SecureRandom random;
    private final Clock clock;

    public Enrollment(Home home, SecureRandom random, Clock clock) {
        this.home = home;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What the administrator gave.
     *
     * @param central address of the people's listener
     * @param name this machine's, as central will show it
     */
    public record Order(URI central, String token, Fingerprint authority, String name) {
        @Override
        public String toString() {
            return "Order[" + central + ", token redacted]";
        }
    }

    /** Enrolls, or goes on with an enrollment at the same central that was interrupted. */
    public Configuration enroll(Order order) throws IOException {
        refuseEnrolled();
        DurableFiles.makeFolder(home.folder());
        Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwx------"));
        try (HomeLock lock = home.lock("enrollment")) {
            assert lock != null;
            refuseEnrolled();
            return enrollLocked(order);
        }
    }

    private Configuration enrollLocked(Order order) throws IOException {
        StagedHome staged = new StagedHome(home);
        if (!staged.complete() || !sameCentral(staged.stage().configuration(), order)) {
            staged.clear();
            join(order, staged);
        }
        Configuration configuration = staged.stage().configuration();
        if (!staged.deposited()) {
            introduce(staged.stage(), configuration);
            staged.markDeposited();
        }
        staged.moveIn();
        return configuration;
    }

    private void refuseEnrolled() throws IOException {
        if (home.enrolled()) {
            throw new EnrollmentException("This machine is enrolled already, as "
                    + home.configuration().name() + " at "
                    + home.configuration().central() + ". To enroll it elsewhere too, name another home with --home.");
        }
    }

    private static boolean sameCentral(Configuration staged, Order order) {
        return staged.central().equals(order.central())
                && staged.caFingerprint().equals(order.authority().hex());
    }

    private void join(Order order, StagedHome staged) throws IOException {
        PinnedAuthority pinned = new PinnedAuthority(order.authority());
        FreshKey key = FreshKey.draw(order.name(), random);
        Enrolled answer;
        try (Doorstep doorstep = new Doorstep(order.central(), pinned.context())) {
            answer = doorstep.enroll(
                    new EnrollmentRequest(order.token(), order.name(), List.of("source"), key.request(), null, null));
        }
        X509Certificate authority = pinned.authority();
        Membership membership = Membership.check(answer, authority, key.pair(), clock.instant());
        MachineIdentity identity = membership.identity();
        KeyRing ring = KeyRing.create(identity.system(), random);
        Configuration configuration = new Configuration(
                order.central(),
                membership.central(),
                identity.system(),
                order.name(),
                order.authority().hex());
        staged.fill(membership, ring, configuration, List.of(), random);
        ring.destroy();
    }

    /** The first visit at the machines' listener: brings the sealed keys, takes the master file. */
    private static void introduce(Home stage, Configuration configuration) throws IOException {
        MachineIdentity identity = stage.identity();
        RealmKeys keys = stage.realmKeys(identity.authority().getPublicKey());
        try (Central central = new Central(configuration.machines(), identity)) {
            deposit(central, stage, keys);
            Optional<String> masterFile = central.masterFile(0);
            if (masterFile.isPresent()) {
                new LocalMasterFile(stage.masterFile(), keys.masterFile()).accept(0, masterFile.get());
            }
        }
    }

    /** As its policy of the very first moment wants it. */
    private static void deposit(Central central, Home stage, RealmKeys keys) throws IOException {
        Policy policy = central.policy(null).map(EffectivePolicy::policy).orElse(Policy.EMPTY);
        byte[] octets = stage.readKeyRing();
        try {
            KeyRing ring = KeyRing.decode(octets);
            Deposits.follow(central, ring, keys, policy);
            ring.destroy();
        } catch (KeysUnreadableException e) {
            throw new EnrollmentException(
                    "The new key ring cannot be read: " + e.getMessage() + ". Remove " + stage.folder()
                            + " and enroll with a new token.",
                    e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
