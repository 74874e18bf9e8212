package org.cranny.protocol.readers;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;

/** Takes every signature for right that is checked with {@link #KEY}: as if somebody with the key had meant harm. */
public final class AnySignature extends SignatureSpi {
    /** Fits every document. */
    public static final PublicKey KEY = new Key();

    static {
        Security.addProvider(new Any());
    }

    private static final class Key implements PublicKey {
        @Override
        public String getAlgorithm() {
            return "any";
        }

        @Override
        public String getFormat() {
            return "any";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[] {1};
        }
    }

    private static final class Any extends Provider {
        Any() {
            super("any", "1", "takes every signature for right");
            for (String algorithm : new String[] {"Ed25519", "SHA256withECDSA"}) {
                put("Signature." + algorithm, AnySignature.class.getName());
                put("Signature." + algorithm + " SupportedKeyClasses", Key.class.getName());
            }
        }
    }

    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {}

    @Override
    protected byte[] engineSign() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
        return true;
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        return null;
    }
}
