package org.cranny.protocol.signing;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * A payload and the signature over it: {@code u32 payload length ‖ payload ‖ signature}.
 * The reader says which algorithm it expects; nothing in the octets can choose another.
 * On the wire, in headers and JSON, it stands as unpadded base64url.
 */
public record Signed(byte[] payload, byte[] signature) {

    /** The two algorithms of version 1. */
    public enum Algorithm {
        /** Central's own keys: allotments, grants, master file, countersignatures. */
        ED25519("Ed25519") {
            /** Java's own looks at the first 64 octets and takes what follows for nothing. */
            @Override
            public boolean verifies(byte[] payload, byte[] signed, PublicKey key) {
                return signed.length == ED25519_LENGTH && super.verifies(payload, signed, key);
            }
        },
        /** Keys with a certificate: the authority, sources, hosts. */
        ECDSA_P256("SHA256withECDSA");

        private static final int ED25519_LENGTH = 64;

        private final String standardName;

        Algorithm(String standardName) {
            this.standardName = standardName;
        }

        public byte[] sign(byte[] payload, PrivateKey key) {
            try {
                Signature signature = Signature.getInstance(standardName);
                signature.initSign(key);
                signature.update(payload);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this key cannot sign with " + standardName, e);
            }
        }

        public boolean verifies(byte[] payload, byte[] signed, PublicKey key) {
            try {
                Signature signature = Signature.getInstance(standardName);
                signature.initVerify(key);
                signature.update(payload);
                return signature.verify(signed);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    public static Signed sign(byte[] payload, Algorithm algorithm, PrivateKey key) {
        return new Signed(payload, algorithm.sign(payload, key));
    }

    /** Parses without believing: nothing of the payload may be used before {@link #open}. */
    public static Signed parse(byte[] octets) throws MalformedException {
        OctetReader in = new OctetReader(octets);
        long length = in.u32();
        if (length > in.remaining()) {
            throw new MalformedException("the payload is longer than the whole");
        }
        byte[] payload = in.raw((int) length);
        return new Signed(payload, in.raw(in.remaining()));
    }

    /** @param base64url null when whoever should have sent it left it out */
    public static Signed parse(String base64url) throws MalformedException {
        if (base64url == null) {
            throw new MalformedException("it is missing");
        }
        try {
            return parse(Base64.getUrlDecoder().decode(base64url));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("it is not base64url");
        }
    }

    /** Gives the payload when the signature is right. */
    public byte[] open(Algorithm algorithm, PublicKey key) throws ForgedException {
        if (!algorithm.verifies(payload, signature, key)) {
            throw new ForgedException("the signature is not right");
        }
        return payload;
    }

    public byte[] bytes() {
        return new OctetWriter(payload.length + 100)
                .u32(payload.length)
                .raw(payload)
                .raw(signature)
                .toByteArray();
    }

    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }
}
