package org.cranny.central.authority;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** Requests for certificates, and the escrow key at rest. */
public final class AuthorityReaders {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
    private static final int NUMBERS_AT = 8;
    private static final int MEMORY_KIB = 8;

    private AuthorityReaders() {}

    public static List<Reader> all() throws Exception {
        return List.of(
                Reader.of("csr", ProblemException.class, List.of(csr()), octets -> Csr.key(Texts.text(octets))),
                new Reader(
                        "escrow-key",
                        List.of(MalformedException.class, GeneralSecurityException.class),
                        List.of(SealedKey.seal(KeyPairs.make(KeyPairs.X25519), PASSPHRASE, RANDOM, MEMORY_KIB, 1)),
                        AuthorityReaders::escrowKey),
                Reader.of(
                        "escrow-split",
                        IOException.class,
                        Texts.seeds("ab12\n2\nanna\nbert\n", "ab12\n2\nanna\nbert\n\nAAAA\nAAAA\nAAAA\n"),
                        AuthorityReaders::split));
    }

    private static byte[] csr() throws OperatorCreationException {
        KeyPair keys = KeyPairs.p256();
        JcaPKCS10CertificationRequestBuilder builder =
                new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=ws-01"), keys.getPublic());
        try {
            return Texts.octets(Pem.write(
                    "CERTIFICATE REQUEST",
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                            .getEncoded()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a key derivation that takes no time. */
    private static void escrowKey(byte[] octets) throws MalformedException, GeneralSecurityException {
        if (octets.length >= NUMBERS_AT + 9) {
            ByteBuffer.wrap(octets, NUMBERS_AT, 9).putInt(MEMORY_KIB).putInt(1).put((byte) 1);
        }
        SealedKey.publicKey(octets);
        SealedKey.open(octets, PASSPHRASE);
    }

    private static void split(byte[] octets) throws IOException {
        Scratch home = Scratch.folder("escrow-split");
        home.write("escrow.split", octets);
        EscrowSplit split = new RealmFiles(new HomeFolder(home.path()), RANDOM)
                .escrowSplit(false)
                .orElseThrow();
        if (split.threshold() < 1 || split.threshold() > split.officers().size()) {
            throw new AssertionError(split.toString());
        }
    }
}
