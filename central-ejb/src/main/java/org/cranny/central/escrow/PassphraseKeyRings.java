package org.cranny.central.escrow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Escrow in {@code central} mode: the escrow key lies in central's home, sealed under a passphrase that lies in a file
 * elsewhere. It is opened anew for each use and wiped after it.
 */
@ApplicationScoped
public class PassphraseKeyRings implements KeyRings {
    private final Escrow escrow;
    private final Authority authority;
    private final AuditLog log;
    private final Settings settings;

    protected PassphraseKeyRings() {
        this(null, null, null, null);
    }

    @Inject
    public PassphraseKeyRings(Escrow escrow, Authority authority, AuditLog log, Settings settings) {
        this.escrow = escrow;
        this.authority = authority;
        this.log = log;
        this.settings = settings;
    }

    @Override
    public KeyRing open(SystemId source, Reason reason, Predicate<KeyRing> fits) {
        List<SealedRing> deposits = escrow.rings(source.number());
        if (deposits.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND, "system " + source.number() + " has deposited no key ring");
        }
        log.append(reason.actor(), "escrow use", "system " + source.number(), reason.why());
        Secret key = escrowKey();
        try {
            for (int i = deposits.size() - 1; i >= 0; i--) {
                KeyRing ring = opened(deposits.get(i), key, source);
                if (ring != null && fits.test(ring)) {
                    return ring;
                }
                if (ring != null) {
                    ring.destroy();
                }
            }
        } finally {
            key.destroy();
        }
        throw new ProblemException(
                ProblemKind.ESCROW_CLOSED,
                "none of the key rings that system " + source.number() + " deposited opens its backups");
    }

    private static KeyRing opened(SealedRing deposit, Secret key, SystemId source) {
        try {
            return org.cranny.engine.keys.Escrow.openRing(deposit.keyRing(), key, source);
        } catch (KeysUnreadableException rubbish) {
            return null;
        }
    }

    private Secret escrowKey() {
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
