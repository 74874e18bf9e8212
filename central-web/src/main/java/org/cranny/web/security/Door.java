package org.cranny.web.security;

import jakarta.servlet.ServletRequest;
import org.eclipse.microprofile.config.ConfigProvider;

/** The two listeners of central. TLS keeps them apart: at {@link #MACHINES} no handshake ends without a certificate of the realm. */
enum Door {
    PEOPLE,
    MACHINES;

    private static final String MACHINES_PORT = "cranny.machines.port";

    static Door of(ServletRequest request) {
        int machines = ConfigProvider.getConfig().getValue(MACHINES_PORT, Integer.class);
        return request.getLocalPort() == machines ? MACHINES : PEOPLE;
    }
}
