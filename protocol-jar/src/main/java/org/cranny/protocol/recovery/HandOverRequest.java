package org.cranny.protocol.recovery;

/** Asks to take the place of a lost machine, with a one-time recovery token. @param token as shown by central @param csr PKCS#10 in PEM, ECDSA P-256, of a new key @param sealingKey raw X25519 public key, base64: the key ring comes sealed to it */
public record HandOverRequest(String token, String csr, String sealingKey) {
    @Override
    public String toString() {
        return "HandOverRequest[redacted]";
    }
}
