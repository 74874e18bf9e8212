package org.cranny.central.authority;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cranny.central.database.Database;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.grant.Allotment;
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
    private final Database database;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Certificates certificates;
    private final Realm realm;

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
        this.realm = load(settings, random);
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
            return new RealmFiles(new HomeFolder(settings.home()), random).server(central());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("central's own certificate in " + settings.home() + " cannot be read", e);
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

    /** The newest certificate of a system, as {@link #issue} gave it. */
    public Optional<List<String>> issued(long system) {
        return database.read(entities -> entities.createQuery(
                        "select c from CertificateRow c where c.system = :system order by c.issuedMillis desc",
                        CertificateRow.class)
                .setParameter("system", system)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(row -> chain(row.certificate())));
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

    /** Countersigns a committed manifest. */
    public Signed countersign(Committed committed) {
        return committed.sign(realm.catalogue().getPrivate());
    }

    /** The key that signs master files; for the feature that makes them. */
    public PrivateKey masterFileKey() {
        return realm.masterFile().getPrivate();
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

    private static Realm load(Settings settings, SecureRandom random) {
        try {
            return new RealmFiles(new HomeFolder(settings.home()), random).load();
        } catch (IOException | GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException(
                    "the realm's keys in " + settings.home() + " cannot be read; make the home with Setup", e);
        }
    }
}
