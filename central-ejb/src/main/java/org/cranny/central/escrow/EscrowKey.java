package org.cranny.central.escrow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.cranny.central.authority.Authority;
import org.cranny.central.settings.Settings;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** The escrow key while central has it whole: in its home, sealed under a passphrase that lies in a file elsewhere. */
final class EscrowKey {
    private final Authority authority;
    private final Settings settings;

    EscrowKey(Authority authority, Settings settings) {
        this.authority = authority;
        this.settings = settings;
    }

    /** In clear; the caller destroys it. @throws ProblemException ESCROW_CLOSED */
    Secret open() {
        char[] passphrase = passphrase();
        try {
            return PrivateKeys.x25519(authority.escrowKey(passphrase));
        } catch (GeneralSecurityException e) {
            throw closed("the escrow passphrase is not the right one");
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private char[] passphrase() {
        Path file = settings.escrowPassphraseFile()
                .orElseThrow(() -> closed("central was not told where the escrow passphrase is"));
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .strip()
                    .toCharArray();
        } catch (IOException e) {
            throw closed("the file with the escrow passphrase cannot be read");
        }
    }

    private static ProblemException closed(String detail) {
        return new ProblemException(ProblemKind.ESCROW_CLOSED, detail);
    }
}
