package org.cranny.client.realm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;

/** Reads certification requests and believes one thing of them: that the sender has the private key to this public key. */
final class RequestedKey {
    private static final int LONGEST = 8_192;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE REQUEST-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE REQUEST-----");

    private RequestedKey() {}

    static PublicKey of(String pem) throws RealmException {
        Matcher block = BLOCK.matcher(pem == null || pem.length() > LONGEST ? "" : pem);
        if (!block.find()) {
            throw refusal("it holds no certification request in PEM", null);
        }
        try {
            PKCS10CertificationRequest request =
                    new PKCS10CertificationRequest(Base64.getMimeDecoder().decode(block.group(1)));
            PublicKey key = p256(request.getSubjectPublicKeyInfo());
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refusal("it is not signed with its own key", null);
            }
            return key;
        } catch (RealmException e) {
            throw e;
        } catch (IOException
                | MalformedException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException e) {
            throw refusal("its certification request cannot be read", e);
        }
    }

    private static PublicKey p256(SubjectPublicKeyInfo info)
            throws IOException, MalformedException, GeneralSecurityException {
        boolean curve = info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters());
        if (!curve) {
            throw refusal("its key is no ECDSA P-256 key", null);
        }
        PublicKeyFactory.createKey(info);
        return PublicKeys.p256(info.getEncoded());
    }

    private static RealmException refusal(String why, Exception cause) {
        return new RealmException("The request to join is not good: " + why + ". Have it made afresh.", cause);
    }
}
