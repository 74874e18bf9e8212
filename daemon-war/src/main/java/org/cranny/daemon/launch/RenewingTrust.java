package org.cranny.daemon.launch;

import java.io.Serial;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;

/**
 * Makes trust managers as Java does by default, but that callers are believed by the authorities that the trust file
 * names when they call. Whom this process itself calls, it believes as before.
 */
final class RenewingTrust extends Provider {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param file a PKCS#12 of authorities */
    RenewingTrust(Path file, char[] password) {
        super("CrannyTrust", "1", "the newest list of authorities");
        putService(new TrustService(this, file, password.clone()));
    }

    private static final class TrustService extends Service {
        private final Path file;
        private final char[] password;

        TrustService(Provider provider, Path file, char[] password) {
            super(
                    provider,
                    "TrustManagerFactory",
                    UsualTrust.ALGORITHM,
                    RenewingTrustFactory.class.getName(),
                    null,
                    null);
            this.file = file;
            this.password = password;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return new RenewingTrustFactory(file, password);
        }
    }
}
