package org.cranny.client.enrollment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
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
        FreshKey key = FreshKey.draw("rehearsal", new SecureRandom());
        SystemId system = new SystemId(RealmId.of(key.pair().getPublic()), 1);
        MachineIdentity made = new MachineIdentity(system, key.pair().getPrivate(), List.of(certificate(key)));
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

    private static X509Certificate certificate(FreshKey key) throws IOException {
        X500Name name = new X500Name("CN=rehearsal");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                name,
                key.pair().getPublic());
        try {
            JcaContentSignerBuilder signer = new JcaContentSignerBuilder("SHA256withECDSA");
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer.build(key.pair().getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("This Java makes no certificates: " + e.getMessage(), e);
        }
    }
}
