package org.cranny.engine.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;
import org.cranny.readers.Golden;
import org.cranny.readers.Sealed;

/** What brings keys. */
public final class KeyReaders {
    private static final String MAGIC = "CRNYRA\0\1";
    private static final Escrow.KeyPair ESCROW = Escrow.draw();

    private KeyReaders() {}

    public static List<Reader> all() throws IOException {
        KeyRing ring = Golden.get().keys();
        byte[] encoded = ring.encode();
        Secret key = Secret.of(new byte[32]);
        return List.of(
                Reader.of(
                        "key-ring",
                        KeysUnreadableException.class,
                        List.of(Arrays.copyOf(encoded, encoded.length - 32)),
                        octets -> KeyRing.decode(Sealed.withSha256(octets))),
                Reader.of(
                        "browse-keys",
                        KeysUnreadableException.class,
                        List.of(ring.browseKeys().encode()),
                        octets -> BrowseKeys.decode(Golden.SOURCE, octets)),
                Reader.of(
                        "key-share",
                        KeysUnreadableException.class,
                        KeyShare.split(key, 2, 3, new SecureRandom()).stream()
                                .map(KeyShare::encode)
                                .toList(),
                        KeyShare::decode),
                Reader.of(
                        "escrow",
                        KeysUnreadableException.class,
                        List.of(Escrow.sealRing(ring, ESCROW.publicKey())),
                        octets -> Escrow.openRing(octets, ESCROW.privateKey(), ring.source())),
                Reader.of(
                        "passphrase",
                        KeysUnreadableException.class,
                        List.of(Sealed.withPassphrase(MAGIC, new byte[0], Texts.octets("secret"))),
                        KeyReaders::passphrase));
    }

    /** What would only take time is left out: {@code PassphraseSealTest} has the bounds. */
    private static void passphrase(byte[] octets) throws IOException {
        if (octets.length >= 17) {
            ByteBuffer in = ByteBuffer.wrap(octets);
            boolean inBounds = in.getInt(8) > 0 && in.getInt(12) > 0 && in.getInt(8) <= 1 << 20 && in.getInt(12) <= 64;
            if (inBounds && (in.getInt(8) > 1_024 || in.getInt(12) > 2)) {
                return;
            }
        }
        try (InputStream in =
                new PassphraseSeal(MAGIC).open(new ByteArrayInputStream(octets), new byte[0], Sealed.PASSPHRASE)) {
            in.readAllBytes();
        }
    }
}
