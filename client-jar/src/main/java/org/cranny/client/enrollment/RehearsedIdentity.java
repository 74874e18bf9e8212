package org.cranny.client.enrollment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.tls.MachineIdentity;

/** An identity that nobody issued, made and opened in memory, so that the classes of opening one are loaded. */
public final class RehearsedIdentity {
    private RehearsedIdentity() {}

    /** A fresh one, through a PKCS#12 as a home keeps it. */
    public static MachineIdentity draw() throws IOException {
        KeyPair authority = FreshKey.draw("rehearsal", new SecureRandom()).pair();
        KeyPair own = FreshKey.draw("rehearsal", new SecureRandom()).pair();
        SystemId system = new SystemId(RealmId.of(authority.getPublic()), 1);
        List<X509Certificate> chain = List.of(
                certificate(own.getPublic(), system, authority), certificate(authority.getPublic(), null, authority));
        MachineIdentity made = new MachineIdentity(system, own.getPrivate(), chain);
        char[] password = "thrown away".toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(StagedHome.pkcs12(made, password)), password);
            store.getKey(MachineIdentity.ALIAS, password);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PKCS#12", e);
        }
    }

    /** @param system that it names; null for the authority's own */
    private static X509Certificate certificate(PublicKey key, SystemId system, KeyPair authority) throws IOException {
        X500Name issuer = new X500Name("CN=rehearsal");
        X500Name subject = system == null ? issuer : new X500Name("CN=system");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.ONE,
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                key);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(system == null));
            if (system != null) {
                GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, system.uri());
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(uri));
            }
            JcaContentSignerBuilder signer = new JcaContentSignerBuilder("SHA256withECDSA");
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer.build(authority.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("This Java makes no certificates: " + e.getMessage(), e);
        }
    }
}
