package org.cranny.central.authority;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.central.database.Database;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.anchor.LogAnchor;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.tls.MachineIdentity;

/** Speaks for the realm: its certificate, its keys, its signatures. */
@ApplicationScoped
public class Authority {
    private static final int X25519_OCTETS = 32;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private final Database database;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Certificates certificates;
    private volatile Realm realm;

    protected Authority() {
        this.database = null;
        this.settings = null;
        this.clock = null;
        this.random = null;
        this.certificates = null;
        this.realm = null;
    }

    @Inject
    public Authority(Database database, Settings settings, Clock clock, SecureRandom random) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.certificates = new Certificates(random);
        this.realm = load(settings, random, clock);
    }

    public RealmId realm() {
        return realm.id();
    }

    /** Central itself, number 1. */
    public SystemId central() {
        return new SystemId(realm(), 1);
    }

    /** Central as a machine among machines, for connections that it begins. */
    public MachineIdentity identity() {
        try {
            return files().server(central());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("central's own certificate in " + settings.home() + " cannot be read", e);
        }
    }

    /** What signs programs that people start from a link; good for at least 30 days. */
    public KeyStore.PrivateKeyEntry codeSigner() {
        try {
            return files().codeSigner(realm, clock.instant());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the key that signs programs, in " + settings.home() + ", is not there", e);
        }
    }

    /** The authority's certificate. */
    public X509Certificate certificate() {
        return realm.certificate();
    }

    /** The authority's certificate in PEM. */
    public String pem() {
        return pem(realm.certificate());
    }

    /** SHA-256 of the authority's certificate (DER), hex. */
    public String fingerprint() {
        return Certificates.fingerprint(realm.certificate());
    }

    /** The signed {@code RealmKeys}, base64url. */
    public String realmKeys() {
        return realm.realmKeys().text();
    }

    /** The public half of the escrow key, 32 octets: what is sealed to it, only the escrow passphrase opens. */
    public byte[] escrowPublicKey() {
        return raw(publicKeys().escrow());
    }

    /** The public half of {@link #browseKey}, 32 octets. */
    public byte[] browsePublicKey() {
        return raw(publicKeys().browse());
    }

    /** The realm's public keys, as its authority signed them. */
    public RealmKeys publicKeys() {
        try {
            return RealmKeys.open(realm.realmKeys(), realm.certificate().getPublicKey());
        } catch (MalformedException e) {
            throw new IllegalStateException("the realm's own keys are not signed by its authority", e);
        }
    }

    private static byte[] raw(PublicKey x25519) {
        byte[] encoded = x25519.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - X25519_OCTETS, encoded.length);
    }

    /** The public key of a certification request, once its sender has proved that he has the private one. */
    public PublicKey requested(String csr) {
        return Csr.key(csr);
    }

    /** Issues a certificate to a system and remembers it. @return PEM, its own first, the authority last */
    public List<String> issue(long system, PublicKey key) {
        return database.durably(entities -> {
            Instant now = clock.instant();
            X509Certificate issued = certificates.system(
                    new SystemId(realm(), system),
                    key,
                    List.of(),
                    realm.certificate(),
                    realm.authorityKey(),
                    now,
                    settings.certificateLife());
            entities.persist(new CertificateRow(system, issued, now));
            return chain(issued);
        });
    }

    /** The newest certificate of a system for this key, as {@link #issue} gave it. */
    public Optional<List<String>> issued(long system, PublicKey key) {
        return database.read(entities -> entities.createQuery(
                        "select c from CertificateRow c where c.system = :system order by c.issuedMillis desc",
                        CertificateRow.class)
                .setParameter("system", system)
                .getResultStream()
                .map(CertificateRow::certificate)
                .filter(certificate -> certificate.getPublicKey().equals(key))
                .findFirst()
                .map(this::chain));
    }

    /** A certificate of a system for this key that was issued after this and not after now, if there is one, as {@link #issue} gave it. */
    public Optional<List<String>> issuedSince(long system, PublicKey key, Instant since) {
        return database.read(entities -> entities.createQuery(
                        "select c from CertificateRow c where c.system = :system and c.issuedMillis > :since"
                                + " and c.issuedMillis <= :now"
                                + " order by c.issuedMillis desc",
                        CertificateRow.class)
                .setParameter("system", system)
                .setParameter("since", since.toEpochMilli())
                .setParameter("now", clock.millis())
                .getResultStream()
                .map(CertificateRow::certificate)
                .filter(certificate -> certificate.getPublicKey().equals(key))
                .findFirst()
                .map(this::chain));
    }

    /** The newest certificates of a system, newest first. */
    public List<CertificateLine> certificates(long system, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select c from CertificateRow c where c.system = :system order by c.issuedMillis desc",
                        CertificateRow.class)
                .setParameter("system", system)
                .setMaxResults(limit)
                .getResultStream()
                .map(CertificateRow::line)
                .toList());
    }

    /** A fresh allotment for a source, signed, base64url. */
    public String allot(SystemId source, PublicKey key) {
        Instant now = clock.instant();
        Allotment allotment = new Allotment(
                source,
                PublicKeys.fingerprint(key),
                now.minusSeconds(300),
                now.plus(settings.allotmentLife()),
                settings.allotmentBytes(),
                settings.allotmentBytesPerDay());
        return allotment.sign(realm.grant().getPrivate()).text();
    }

    /**
     * Gives the right to one act at one daemon, valid from two minutes ago, because clocks differ, for fifteen minutes.
     *
     * @param holder key of whoever may use it
     * @param bytes how many octets may be moved under it
     * @param fragments which ones, none for any of the source's
     * @return signed, base64url
     */
    public String grant(
            Act act, SystemId daemon, PublicKey holder, SystemId source, long bytes, List<FragmentId> fragments) {
        Instant issued = clock.instant().minus(CLOCKS_DIFFER);
        byte[] serial = new byte[Grant.SERIAL_OCTETS];
        random.nextBytes(serial);
        return new Grant(
                        act,
                        daemon,
                        PublicKeys.fingerprint(holder),
                        source,
                        issued,
                        issued.plus(Grant.LONGEST),
                        bytes,
                        serial,
                        fragments)
                .sign(realm.grant().getPrivate())
                .text();
    }

    /** The key that opens browse deposits; for the feature that keeps them. */
    public PrivateKey browseKey() {
        return realm.browse().getPrivate();
    }

    /**
     * The key that opens deposited key rings; for the feature that keeps them, which says why first.
     *
     * @throws GeneralSecurityException when the passphrase is not the right one
     */
    public PrivateKey escrowKey(char[] passphrase) throws GeneralSecurityException {
        try {
            return files().openEscrowKey(passphrase).getPrivate();
        } catch (IOException | MalformedException e) {
            throw new GeneralSecurityException("the escrow key cannot be read: " + e.getMessage(), e);
        }
    }

    /** Who has shares of the escrow key; empty while central has it whole. */
    public Optional<EscrowSplit> escrowSplit() {
        return split(false);
    }

    /** A split whose officers have not all shown their shares. */
    public Optional<EscrowSplit> nextEscrowSplit() {
        return split(true);
    }

    private Optional<EscrowSplit> split(boolean next) {
        try {
            return files().escrowSplit(next);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("escrow.split in " + settings.home() + " cannot be read", e);
        }
    }

    /** Notes a split that does not hold yet. */
    public void keepNextEscrowSplit(EscrowSplit split) {
        try {
            files().keepNextSplit(split);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * From now on central has no private escrow key; its officers have. There is no way back. When it is another key than
     * before, the realm's keys name it at once.
     */
    public void completeEscrowSplit() {
        try {
            files().completeSplit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        realm = load(settings, random, clock);
    }

    private RealmFiles files() {
        return new RealmFiles(new HomeFolder(settings.home()), random);
    }

    /** Signs a head of the log. */
    public Signed anchor(long sequence, String hash, Instant time) {
        return new LogAnchor(realm(), sequence, hash, time)
                .sign(realm.catalogue().getPrivate());
    }

    /** The head of the log that this is, when the realm signed it. */
    public Optional<LogAnchor> anchored(String text) {
        try {
            return Optional.of(
                    LogAnchor.open(Signed.parse(text), realm.catalogue().getPublic()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** Countersigns a committed manifest. */
    public Signed countersign(Committed committed) {
        return committed.sign(realm.catalogue().getPrivate());
    }

    /** Signs what says of which pieces a dump of central consists. */
    public Signed signDump(byte[] payload) {
        return Signed.sign(payload, Signed.Algorithm.ED25519, realm.catalogue().getPrivate());
    }

    /** The key that signs master files; for the feature that makes them. */
    public PrivateKey masterFileKey() {
        return realm.masterFile().getPrivate();
    }

    /** The public half of {@link #masterFileKey}, by which anybody can tell a master file of this realm. */
    public PublicKey masterFilePublicKey() {
        return realm.masterFile().getPublic();
    }

    private List<String> chain(X509Certificate certificate) {
        return List.of(pem(certificate), pem());
    }

    private static String pem(X509Certificate certificate) {
        try {
            return Pem.write("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Realm load(Settings settings, SecureRandom random, Clock clock) {
        try {
            RealmFiles files = new RealmFiles(new HomeFolder(settings.home()), random);
            if (files.escrowSplit(false).isPresent()) {
                files.wipeEscrowKey();
                files.followSplit(clock.instant());
            }
            return files.load();
        } catch (IOException | GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException(
                    "the realm's keys in " + settings.home() + " cannot be read; make the home with Setup", e);
        }
    }
}
