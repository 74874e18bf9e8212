package org.cranny.client.enrollment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;

/**
 * Makes this machine a source of a realm without central, by files that people carry: a request out, a bundle in.
 *
 * <p>The key never leaves this machine. A bundle is believed only when its authority has the fingerprint that the user
 * was given; a later one, which renews the allotment and the list of hosts, only when the realm that was joined signed
 * it. The key ring is made here and is nowhere else: a recovery kit is its only copy.
 */
public final class Joining {
    private final Home home;
    private final SecureRandom random;
    private final Clock clock;

    public Joining(Home home, SecureRandom random, Clock clock) {
        this.home = home;
        this.random = random;
        this.clock = clock;
    }

    /** A request for this machine's certificate; asked again, it is for the same key. */
    public JoinRequest request(String name) throws IOException {
        refuseEnrolled();
        DurableFiles.makeFolder(home.folder());
        Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwx------"));
        try (HomeLock lock = home.lock("request")) {
            assert lock != null;
            FreshKey key =
                    Files.notExists(home.joiningKey()) ? keep(FreshKey.draw(name, random)) : FreshKey.of(kept(), name);
            return JoinRequest.of(name, "source", key.request(), null, null, 0);
        }
    }

    /** Joins the realm. @param authority fingerprint that the keeper of the realm told */
    public Configuration join(JoinBundle bundle, Fingerprint authority) throws IOException {
        refuseEnrolled();
        if (Files.notExists(home.joiningKey())) {
            throw new EnrollmentException("No request to join was made in " + home.folder()
                    + ". Make one with 'cranny request FILE' and have it answered.");
        }
        try (HomeLock lock = home.lock("joining")) {
            assert lock != null;
            Configuration configuration = joinLocked(bundle, authority);
            Files.deleteIfExists(home.joiningKey());
            return configuration;
        }
    }

    private Configuration joinLocked(JoinBundle bundle, Fingerprint pinned) throws IOException {
        X509Certificate authority = authority(bundle);
        if (!Fingerprint.of(authority).equals(pinned)) {
            throw new EnrollmentException("The bundle is of another realm: its authority has the fingerprint "
                    + Fingerprint.of(authority).hex()
                    + ". Compare --ca-fingerprint with what 'cranny realm list' shows.");
        }
        Membership membership = membership(bundle, authority);
        KeyRing ring = KeyRing.create(membership.identity().system(), random);
        Configuration configuration =
                new Configuration(null, null, membership.identity().system(), bundle.name(), pinned.hex());
        StagedHome staged = new StagedHome(home);
        staged.fill(membership, ring, configuration, List.of(), random);
        ring.destroy();
        if (bundle.masterFile() != null) {
            new LocalMasterFile(staged.stage().masterFile(), membership.keys().masterFile())
                    .accept(0, bundle.masterFile());
        }
        staged.moveIn();
        return configuration;
    }

    private Membership membership(JoinBundle bundle, X509Certificate authority) throws IOException {
        try {
            Membership membership = Membership.check(bundle.enrolled(), authority, kept(), clock.instant());
            if (membership.machines() != null) {
                throw unusable("its realm has a central; enroll there");
            }
            return membership;
        } catch (EnrollmentException e) {
            throw e.getCause() == null ? e : unusable(e.getCause().getMessage());
        }
    }

    /** What a bundle renewed. @param masterFile the list of hosts that is newest now */
    public record Renewed(Instant allotmentExpires, Optional<MasterFile> masterFile) {}

    /** Takes a fresh allotment and a newer list of hosts, on a machine that has joined. */
    public Renewed renew(JoinBundle bundle) throws IOException {
        RealmKeys keys = home.realmKeys(home.identity().authority().getPublicKey());
        Allotment fresh = allotment(bundle, keys);
        try (HomeLock lock = home.lock("renewal")) {
            assert lock != null;
            LocalMasterFile local = new LocalMasterFile(home.masterFile(), keys.masterFile());
            long known = local.kept().map(MasterFile::version).orElse(0L);
            if (bundle.masterFile() != null && version(bundle.masterFile()) > known) {
                local.accept(known, bundle.masterFile());
            }
            Optional<Instant> before = expiry(keys);
            if (before.isEmpty() || fresh.expires().isAfter(before.get())) {
                home.keepAllotment(bundle.enrolled().allotment());
            }
            return new Renewed(expiry(keys).orElse(fresh.expires()), local.kept());
        }
    }

    private Allotment allotment(JoinBundle bundle, RealmKeys keys) throws IOException {
        try {
            if (bundle.enrolled() == null || bundle.enrolled().allotment() == null) {
                throw unusable("it has no allotment");
            }
            Allotment fresh = Allotment.open(Signed.parse(bundle.enrolled().allotment()), keys.grant());
            byte[] own = PublicKeys.fingerprint(home.identity().certificate().getPublicKey());
            if (!fresh.allows(home.configuration().system(), own, fresh.issued())) {
                throw unusable("its allotment is another machine's");
            }
            return fresh;
        } catch (MalformedException e) {
            throw unusable(e.getMessage());
        }
    }

    private Optional<Instant> expiry(RealmKeys keys) throws IOException {
        try {
            Optional<String> kept = home.allotment();
            return kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Allotment.open(Signed.parse(kept.get()), keys.grant())
                            .expires());
        } catch (MalformedException damaged) {
            return Optional.empty();
        }
    }

    private static long version(String masterFile) throws EnrollmentException {
        try {
            return MasterFile.parse(masterFile).version();
        } catch (MalformedException e) {
            throw unusable("its list of hosts is damaged: " + e.getMessage());
        }
    }

    private static X509Certificate authority(JoinBundle bundle) throws EnrollmentException {
        try {
            List<String> pems = bundle.enrolled().certificates();
            return Membership.certificate(pems.get(pems.size() - 1));
        } catch (GeneralSecurityException | NullPointerException | IndexOutOfBoundsException e) {
            throw unusable("it has no certificates");
        }
    }

    private static EnrollmentException unusable(String why) {
        return new EnrollmentException(
                "The bundle cannot be used: " + why + ". Make a fresh request and have it answered again.");
    }

    private FreshKey keep(FreshKey key) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        String lines = base64.encodeToString(key.pair().getPrivate().getEncoded()) + "\n"
                + base64.encodeToString(key.pair().getPublic().getEncoded()) + "\n";
        DurableFiles.write(home.joiningKey(), lines.getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    private KeyPair kept() throws IOException {
        try {
            List<String> lines = Files.readAllLines(home.joiningKey(), StandardCharsets.US_ASCII);
            Base64.Decoder base64 = Base64.getDecoder();
            return new KeyPair(
                    PublicKeys.p256(base64.decode(lines.get(1))),
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.get(0)))));
        } catch (GeneralSecurityException
                | MalformedException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw new EnrollmentException(
                    "The key in " + home.joiningKey() + " cannot be read. Remove it and make a fresh request.", e);
        }
    }

    private void refuseEnrolled() throws IOException {
        if (home.enrolled()) {
            throw new EnrollmentException("This machine has joined already, as "
                    + home.configuration().name() + ". To join another realm too, name another home with --home.");
        }
    }
}
