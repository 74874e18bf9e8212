package org.cranny.central.dump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.cranny.central.authority.HomeCopy;
import org.cranny.central.escrow.PrivateKeys;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;

/**
 * The escrow key where no central runs: out of its file with the passphrase, or joined from the shares of enough
 * recovery officers. In memory only.
 *
 * @param file with the escrow key sealed under the passphrase, or null
 * @param passphraseFile null where officers bring shares
 * @param shares files with shares, each sealed to one of the keys
 * @param shareKeys files with the keys that open them: the officers' own, or one that they were handed over to
 */
record EscrowAtHand(Path file, Path passphraseFile, List<Path> shares, List<Path> shareKeys) {

    /** Whether officers bring it. */
    boolean split() {
        return !shares.isEmpty();
    }

    /** The file's octets; null where officers bring the key. @param found what counts when no file was named, or null */
    byte[] sealed(byte[] found) throws IOException {
        if (split()) {
            return null;
        }
        return file == null ? found : Files.readAllBytes(file);
    }

    /**
     * In clear; the caller destroys it.
     *
     * @param sealed the file's octets
     * @throws GeneralSecurityException with one line when the passphrase or a share is not the right one
     */
    Secret open(byte[] sealed) throws IOException, GeneralSecurityException {
        if (split()) {
            return joined();
        }
        if (sealed == null) {
            throw new GeneralSecurityException(
                    "the escrow key is with its recovery officers: bring enough of their shares (--share, --share-key)");
        }
        char[] passphrase = Files.readString(passphraseFile).strip().toCharArray();
        try {
            return PrivateKeys.x25519(HomeCopy.escrowKey(sealed, passphrase));
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("the escrow key does not open: is this its passphrase?", e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Secret joined() throws IOException, GeneralSecurityException {
        List<Secret> keys = new ArrayList<>();
        List<KeyShare> opened = new ArrayList<>();
        try {
            for (Path key : shareKeys) {
                keys.add(secret(key));
            }
            for (Path share : shares) {
                opened.add(opened(share, keys));
            }
            return KeyShare.join(opened);
        } catch (KeysUnreadableException e) {
            throw new GeneralSecurityException("the shares make no key: " + e.getMessage(), e);
        } finally {
            keys.forEach(Secret::destroy);
            opened.forEach(KeyShare::destroy);
        }
    }

    private static KeyShare opened(Path share, List<Secret> keys) throws IOException, GeneralSecurityException {
        byte[] sealed = octets(share);
        for (Secret key : keys) {
            try {
                return Escrow.openShare(sealed, key);
            } catch (KeysUnreadableException sealedToAnother) {
                continue;
            }
        }
        throw new GeneralSecurityException("none of the keys opens the share " + share);
    }

    private static Secret secret(Path file) throws IOException {
        byte[] octets = octets(file);
        try {
            return Secret.of(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] octets(Path file) throws IOException {
        try {
            return Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("this is neither a share nor a key that opens one: " + file, e);
        }
    }
}
