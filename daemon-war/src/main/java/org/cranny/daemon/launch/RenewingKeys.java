package org.cranny.daemon.launch;

import java.io.Serial;
import java.security.Provider;

/** Makes key managers as Java does by default, but that the machine's own key is shown with its newest certificate. */
final class RenewingKeys extends Provider {
    @Serial
    private static final long serialVersionUID = 1;

    RenewingKeys() {
        super("Cranny", "1", "the newest certificate of this machine");
        putService(new Service(
                this, "KeyManagerFactory", UsualKeys.ALGORITHM, RenewingKeysFactory.class.getName(), null, null));
    }
}
