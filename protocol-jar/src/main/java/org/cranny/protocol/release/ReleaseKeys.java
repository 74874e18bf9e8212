package org.cranny.protocol.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;

/**
 * The key of whoever builds packages, as PEM: {@code PRIVATE KEY} (PKCS#8) and behind it {@code PUBLIC KEY}
 * (SubjectPublicKeyInfo). A package has the public part alone.
 */
final class ReleaseKeys {
    private static final int LINE = 64;

    private ReleaseKeys() {}

    /** Makes a new one in a file that was not there, for its owner alone. */
    static void make(Path file) throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    file,
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                            + pem("PUBLIC KEY", pair.getPublic().getEncoded()),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.WRITE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String publicPem(PublicKey key) {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    private static String pem(String kind, byte[] octets) {
        String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(octets);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    static PrivateKey readPrivate(Path file) throws IOException, MalformedException {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(read(file, "PRIVATE KEY")));
        } catch (GeneralSecurityException e) {
            throw new MalformedException(file + " has no Ed25519 key");
        }
    }

    static PublicKey readPublic(Path file) throws IOException, MalformedException {
        return PublicKeys.ed25519(read(file, "PUBLIC KEY"));
    }

    private static byte[] read(Path file, String kind) throws IOException, MalformedException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        String begin = "-----BEGIN " + kind + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + kind + "-----", Math.max(0, from));
        if (from < 0 || to < 0) {
            throw new MalformedException(file + " has no " + kind);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(file + " is not PEM");
        }
    }
}
