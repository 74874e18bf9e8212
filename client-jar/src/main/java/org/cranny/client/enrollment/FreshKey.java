package org.cranny.client.enrollment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A new ECDSA P-256 key of this machine, and the request for its certificate (PKCS#10, PEM). */
record FreshKey(KeyPair pair, String request) {
    static FreshKey draw(String name, SecureRandom random) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return of(generator.generateKeyPair(), name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    /** A key that was drawn before. */
    static FreshKey of(KeyPair pair, String name) throws IOException {
        try {
            return new FreshKey(pair, pem(request(name, pair)));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("this Java cannot sign with P-256", e);
        }
    }

    private static PKCS10CertificationRequest request(String name, KeyPair pair) throws OperatorCreationException {
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name);
        return new JcaPKCS10CertificationRequestBuilder(subject.build(), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    private static String pem(PKCS10CertificationRequest request) throws IOException {
        byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
        String body = Base64.getMimeEncoder(64, newline).encodeToString(request.getEncoded());
        return "-----BEGIN CERTIFICATE REQUEST-----\n" + body + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    @Override
    public String toString() {
        return "FreshKey[redacted]";
    }
}
