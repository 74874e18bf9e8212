package org.cranny.client.realm;

import java.security.KeyPair;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A certification request as a machine makes it. */
final class CsrSeed {
    private CsrSeed() {}

    static String of(KeyPair key) throws Exception {
        byte[] octets = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=cranny"), key.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                .getEncoded();
        return "-----BEGIN CERTIFICATE REQUEST-----\n" + Base64.getMimeEncoder().encodeToString(octets)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }
}
