package org.cranny.central.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.signing.PublicKeys;

/** Reads certification requests and believes one thing of them: that the sender has the private key to this public key. */
final class Csr {
    private static final int LONGEST = 8_192;

    private Csr() {}

    static PublicKey key(String pem) {
        if (pem == null || pem.length() > LONGEST) {
            throw refusal("a request in PEM of at most " + LONGEST + " characters is needed");
        }
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(Pem.read("CERTIFICATE REQUEST", pem));
            PublicKey key = p256(request.getSubjectPublicKeyInfo());
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refusal("the request is not signed with its own key");
            }
            return key;
        } catch (IOException
                | MalformedException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException e) {
            throw refusal("this is not a PKCS#10 request in PEM");
        }
    }

    private static PublicKey p256(SubjectPublicKeyInfo info)
            throws IOException, MalformedException, GeneralSecurityException {
        AlgorithmIdentifier algorithm = info.getAlgorithm();
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !SECObjectIdentifiers.secp256r1.equals(algorithm.getParameters())) {
            throw refusal("the key must be ECDSA P-256");
        }
        PublicKeyFactory.createKey(info);
        return PublicKeys.p256(info.getEncoded());
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(Problem.ofField("csr", detail));
    }
}
