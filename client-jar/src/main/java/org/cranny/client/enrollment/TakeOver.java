package org.cranny.client.enrollment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.cranny.client.central.Central;
import org.cranny.client.central.Doorstep;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.recovery.HandedOver;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Takes the place of a lost machine: the same system with a new key, its key ring from escrow, the keys that signed its
 * snapshots. The ring comes sealed to a key that was drawn for this one exchange. Either this machine then is that
 * system, or nothing happened here; what central noted meanwhile, the administrator sees.
 */
public final class TakeOver {
    private final Home home;
    private final SecureRandom random;
    private final Clock clock;

    public TakeOver(Home home, SecureRandom random, Clock clock) {
        this.home = home;
        this.random = random;
        this.clock = clock;
    }

    /** @param order its token is a recovery token; its name is not used, the lost machine's is kept */
    public Configuration takeOver(Enrollment.Order order) throws IOException {
        refuseEnrolled();
        DurableFiles.makeFolder(home.folder());
        Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwx------"));
        try (HomeLock lock = home.lock("recovery")) {
            assert lock != null;
            refuseEnrolled();
            StagedHome staged = new StagedHome(home);
            if (!staged.complete()) {
                staged.clear();
                join(order, staged);
            }
            takeMasterFile(staged.stage());
            Configuration configuration = staged.stage().configuration();
            staged.moveIn();
            return configuration;
        }
    }

    private void refuseEnrolled() throws IOException {
        if (home.enrolled()) {
            throw new EnrollmentException("This machine is enrolled already, as "
                    + home.configuration().name() + " at "
                    + home.configuration().central()
                    + ". A replacement machine has a home of its own: name another one with --home.");
        }
    }

    private void join(Enrollment.Order order, StagedHome staged) throws IOException {
        PinnedAuthority pinned = new PinnedAuthority(order.authority());
        FreshKey key = FreshKey.draw(order.name(), random);
        Escrow.KeyPair sealing = Escrow.draw();
        try {
            HandedOver answer;
            try (Doorstep doorstep = new Doorstep(order.central(), pinned.context())) {
                answer = doorstep.handOver(new HandOverRequest(
                        order.token(), key.request(), Base64.getEncoder().encodeToString(sealing.publicKey())));
            }
            X509Certificate authority = pinned.authority();
            Membership membership = Membership.check(answer.enrolled(), authority, key.pair(), clock.instant());
            keep(order, staged, sealing, answer, membership);
        } finally {
            sealing.privateKey().destroy();
        }
    }

    private void keep(
            Enrollment.Order order, StagedHome staged, Escrow.KeyPair sealing, HandedOver answer, Membership membership)
            throws IOException {
        MachineIdentity identity = membership.identity();
        try {
            byte[] sealed = Base64.getDecoder().decode(answer.keyRing());
            KeyRing ring = Escrow.openRing(sealed, sealing.privateKey(), identity.system());
            Configuration configuration = new Configuration(
                    order.central(),
                    membership.central(),
                    identity.system(),
                    answer.name(),
                    order.authority().hex());
            List<String> former = answer.formerKeys() == null ? List.of() : answer.formerKeys();
            staged.fill(membership, ring, configuration, former, random);
            ring.destroy();
        } catch (KeysUnreadableException | IllegalArgumentException | NullPointerException e) {
            throw new EnrollmentException(
                    "The key ring that central sent cannot be used: " + e.getMessage()
                            + ". Tell your administrator; a new token is needed to try again.",
                    e);
        }
    }

    private static void takeMasterFile(Home stage) throws IOException {
        MachineIdentity identity = stage.identity();
        RealmKeys keys = stage.realmKeys(identity.authority().getPublicKey());
        try (Central central = new Central(stage.configuration().machines(), identity)) {
            Optional<String> masterFile = central.masterFile(0);
            if (masterFile.isPresent()) {
                new LocalMasterFile(stage.masterFile(), keys.masterFile()).accept(0, masterFile.get());
            }
        }
    }
}
